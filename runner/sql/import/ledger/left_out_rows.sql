{#-
    Grain: one row per joined row that was not applied, and is not pending:
    `runner rows` lists them (R7).
-#}
{{ config(materialized='append', into='runner.left_out_rows') }}
{% set keys = plan.identity_keys | map(attribute='column') | list %}
with

final as (

    select
        {{ text(plan.name) }} as goal,
        links.outcome,
        rows_read.origin
    from {{ rows_with_links(relations.rows, relations.links) }}
    where
        links.outcome in ('unmatched', 'filtered', 'duplicate')
{% if keys and not plan.goal.identify.create_profiles %}
        and (
            links.outcome != 'unmatched'
            or coalesce({{ keys | join(', ') }}) is null
        )
{% endif %}

)

select * from final
