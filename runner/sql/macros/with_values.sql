{#-
    A SELECT of rows with the values, of those of `items`, that the lines of
    chained sources give them (R8).
-#}
{% macro with_values(plan, rows, relations, items) -%}
{% set numbers = plan.value_sets_of(items) %}
{% set joined = namespace(rows={}) %}
{% for number in numbers %}
{% set columns = [] %}
{% for source in plan.value_sets[number - 1] %}
{% set _ = columns.append(plan.row_of(source)) %}
{% endfor %}
{% set _ = joined.rows.update({number: columns}) %}
{% endfor %}
select
        applied.*
{%- for number in numbers %},
        {{ all_columns('values_' ~ number, joined.rows[number]) }}
{%- endfor %}

    from {{ rows }} as applied
{%- for number in numbers %}

    left join {{ relations['values.' ~ number] }} as values_{{ number }}
{%- for source in plan.value_sets[number - 1] %}
{% set line = plan.row_of(source) %}

        {{ 'on' if loop.first else 'and' }} {{ same_value(
            'applied.' ~ line, 'values_' ~ number ~ '.' ~ line
        ) }}
{%- endfor %}
{%- endfor %}
{%- endmacro %}
