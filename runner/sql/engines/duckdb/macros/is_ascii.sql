{#- Whether a text is ASCII alone, as most are. -#}
{% macro is_ascii(value) -%}
strlen({{ value }}) = length({{ value }})
{%- endmacro %}
