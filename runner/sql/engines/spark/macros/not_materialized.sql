{#- No hint for a CTE: the engine sees through all of them. -#}
{% macro not_materialized() -%}

{%- endmacro %}
