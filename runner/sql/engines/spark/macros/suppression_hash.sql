{#-
    The salted hash by which an identifier's value is found among suppressed
    ones (C2).
-#}
{% macro suppression_hash(identifier, value) -%}
sha2(
    {{ session_value('suppression_salt') }}
    || '|' || {{ identifier }} || '|'
    || {{ address_text(value) }}, 256
)
{%- endmacro %}
