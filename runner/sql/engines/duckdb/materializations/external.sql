{#- Grain: one row per row of a relation, in a file of this format. -#}
{% macro external(relation, path, format, options) %}
copy (
    select * from {{ relation }}
) to {{ path }} (
    format {{ format }}
    {%- for option, value in options.items() %},
    {{ option | sql }} {{ value }}
    {%- endfor %}

)
{% endmacro %}
