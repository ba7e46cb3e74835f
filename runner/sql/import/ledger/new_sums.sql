{#-
    Grain: one row per summed line that was not counted before (R3, P5); where
    lines are tracked, not for the same line of the main file and profile.
-#}
{{ config(
    materialized='append',
    into='runner.sums',
    when=plan.lines and not is_first
) }}
{% set amounts = 'coalesce(fresh.amounts, known_amounts.amounts)' %}
with

earlier as (

    select *
    from runner.sums
    where goal = {{ text(plan.name) }}

),

summed_lines as {{ not_materialized() }} (

    select * from {{ relations.summed_lines }}

),

fresh as (

    select summed_lines.*
    from summed_lines
    anti join earlier
        on summed_lines.line_hash = earlier.line_hash
        and summed_lines.sources = earlier.sources
{% if plan.tracks_lines %}
        and summed_lines.anchor_hash = earlier.anchor_hash
        and summed_lines.profile_id = earlier.profile_id
{% endif %}

),

{# The amounts of a line are the same for whomever it counts. #}
known_amounts as (

    select
        earlier.sources,
        earlier.line_hash,
        {{ some_value('earlier.amounts') }} as amounts
    from earlier
    semi join fresh
        on earlier.sources = fresh.sources
        and earlier.line_hash = fresh.line_hash
    group by
        earlier.sources,
        earlier.line_hash

),

counted as (

    select {{ all_columns('fresh', replaced={'amounts': amounts}) }}
    from fresh
    left join known_amounts
        on fresh.sources = known_amounts.sources
        and fresh.line_hash = known_amounts.line_hash

),

final as (

    select
        {{ text(plan.name) }} as goal,
        sources,
        line_hash,
        anchor_hash,
        profile_id,
        properties,
        amounts,
        origin
    from counted
    where amounts is not null

)

select * from final
