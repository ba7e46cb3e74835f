{#- One of the rows of a relation that have the same values of keys. -#}
{% macro one_row_each(relation, keys) -%}
select one_row.*
    from (
        select any_value(struct(held.*)) as one_row
        from {{ relation }} as held
        group by {{ keys | join(', ') }}
    ) as grouped
{%- endmacro %}
