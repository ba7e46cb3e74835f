{#-
    The type of what runner makes itself: the id of a profile or a node of the
    graph of identities, a hash of 128 bits, the order of a row.
-#}
{% macro stored_type(kind) -%}
{{ {'id': 'uuid', 'hash': 'uhugeint', 'order': 'hugeint'}[kind] }}
{%- endmacro %}
