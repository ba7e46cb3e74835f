{#-
    The type of what runner makes itself: the id of a profile or a node of the
    graph of identities, a hash of 128 bits, the order of a row.
-#}
{% macro stored_type(kind) -%}
{{ {'id': 'string', 'hash': 'binary', 'order': 'decimal(38, 0)'}[kind] }}
{%- endmacro %}
