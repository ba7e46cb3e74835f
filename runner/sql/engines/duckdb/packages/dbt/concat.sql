{#- Texts one behind the other; null where one is null. -#}
{% macro concat(fields) -%}
{{ fields | join(' || ') }}
{%- endmacro %}
