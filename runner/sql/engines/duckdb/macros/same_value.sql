{#- A condition of a join: two values are equal, or both are null. -#}
{% macro same_value(left, right) -%}
{{ left }}
            is not distinct from {{ right }}
{%- endmacro %}
