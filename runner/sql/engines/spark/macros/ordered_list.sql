{#- An aggregate: values in the order of another column. -#}
{% macro ordered_list(value, position) -%}
transform(
    array_sort(collect_list(
        named_struct('position', {{ position }}, 'value', {{ value }})
    )),
    entry -> entry.value
)
{%- endmacro %}
