{#- The parts of a text between separators, as a list. -#}
{% macro text_items(value, separator) -%}
string_split({{ value }}, {{ separator }})
{%- endmacro %}
