{#- A value, list or record as JSON. -#}
{% macro json_of(value) -%}
{{ upper_escapes('to_json(' ~ value ~ ", map('ignoreNullFields', 'false'))") }}
{%- endmacro %}
