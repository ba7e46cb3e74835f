{#-
    The hash by which an identifier's value is found among those of people who
    refused and have no profile (C1).
-#}
{% macro identifier_hash(identifier, value) -%}
sha2({{ identifier }} || '|' || {{ value }}, 256)
{%- endmacro %}
