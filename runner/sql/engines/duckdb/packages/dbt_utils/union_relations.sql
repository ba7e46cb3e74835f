{#- Grain: the rows of all relations, with the name of each. -#}
{% macro union_relations(relations, column_override=none, include=[],
    exclude=[], source_column_name='_dbt_source_relation', where=none) -%}
{%- set kept = include | map('lower') | list -%}
{%- set left_out = exclude | map('lower') | list -%}
{%- if column_override -%}
    {{ exceptions.raise_compiler_error(
        'union_relations takes no `column_override`: types are widened'
    ) }}
{%- endif -%}
{%- for relation in relations %}
(
    select
        {%- if source_column_name %}
        {{ relation | string | text }} as {{ source_column_name }},
        {%- endif %}
        columns(
            lambda named: lower(named)
            {{ 'in' if kept else 'not in' }} (''
                {%- for column in kept or left_out %},
                {{ column | text }}
                {%- endfor %})
        )
    from {{ relation }}
    {{ 'where ' ~ where if where }}
)
{{ 'union all by name' if not loop.last }}
{%- endfor %}
{%- endmacro %}
