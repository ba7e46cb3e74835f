{#-
    An aggregate: values in the order of another column. Sorting the finished
    list takes a third of the time of `list(value order by position)`.
-#}
{% macro ordered_list(value, position) -%}
list_transform(
    list_sort(list({'position': {{ position }}, 'value': {{ value }}})),
    lambda entry: entry.value
)
{%- endmacro %}
