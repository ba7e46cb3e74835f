{#- The parts of a text between separators, as a list. -#}
{% macro text_items(value, separator) -%}
{% set written = separator[1:-1] | replace("''", "'") %}
{% set found = namespace(pattern='') %}
{% for character in written %}
{% set mark = '' if character.isalnum() else '\\' %}
{% set found.pattern = found.pattern ~ mark ~ character %}
{% endfor %}
split({{ value }}, {{ text(found.pattern) }})
{%- endmacro %}
