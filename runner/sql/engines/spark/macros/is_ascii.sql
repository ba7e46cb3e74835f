{#- Whether a text is ASCII alone, as most are. -#}
{% macro is_ascii(value) -%}
octet_length({{ value }}) = length({{ value }})
{%- endmacro %}
