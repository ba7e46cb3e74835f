{#- Whether an expression gives text, as far as its type tells. -#}
{% macro gives_text(value) -%}
typeof({{ value }}) = 'string'
{%- endmacro %}
