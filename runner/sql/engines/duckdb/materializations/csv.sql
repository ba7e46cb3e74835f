{#-
    Grain: one line of text per row of the SELECT. `line` is written as it
    stands; a header only where there is one.
-#}
{% macro csv(select, line, order, header, path) %}
copy (
    select {{ line }} as {{ (header or 'line') | name }}
    from (
{{ select }}
    )
    order by {{ order }}
) to {{ path }} (
    format csv,
    header {{ header is not none }},
    delimiter ',',
    quote '',
    escape '',
    null ''
)
{% endmacro %}
