{#-
    Grain: one row per different set of lines of some chained sources that the
    applied rows are joined to, with the values that depend on them (R8).
-#}
{% set last = namespace(step='used') %}
with

used as (

    select distinct
{% for source in value_sources %}
        {{ plan.row_of(source) }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ relations.applied_rows }}

),

{{ with_columns(plan, relations, value_sources, last) -}}
{{ process_steps(plan, last, value_sources) -}}
{{ read_values(plan, last, items) -}}
final as (

    select
{% for source in value_sources %}
        {{ plan.row_of(source) }},
{% endfor %}
{{ value_columns(items) }}
    from parsed

)

select * from final
