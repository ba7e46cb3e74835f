{#- Grain: one row per row of a relation and column of it. -#}
{% macro unpivot(relation, cast_to='varchar', exclude=[], remove=[],
    field_name='field_name', value_name='value') -%}
{%- set held = exclude | map('name') | join(', ') -%}
{%- set gone = (exclude + remove) | map('name') | join(', ') -%}
{%- set values = '* exclude (' ~ gone ~ ')' if gone else '*' -%}
select *
from (
    select
        {{ held ~ ',' if held }}
        cast(columns({{ values }}) as {{ cast_to }})
    from {{ relation }}
)
unpivot include nulls (
    {{ value_name }} for {{ field_name }} in (
        columns({{ '* exclude (' ~ held ~ ')' if held else '*' }})
    )
)
{%- endmacro %}
