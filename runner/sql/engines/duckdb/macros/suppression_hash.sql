{#-
    The salted hash by which an identifier's value is found among suppressed
    ones (C2).
-#}
{% macro suppression_hash(identifier, value) -%}
sha256(
    getvariable('suppression_salt')
    || '|' || {{ identifier }} || '|'
    || {{ address_text(value) }}
)
{%- endmacro %}
