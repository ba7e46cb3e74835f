{#-
    Grain: one row per sum that no longer holds (R3): the line of the main file
    that it came from gives it no more, or gives it to another profile. Sums
    without that line, which older versions stored, are replaced.
-#}
{{ config(
    materialized='delete',
    into='runner.sums',
    key=['goal', 'sources', 'line_hash', 'anchor_hash', 'profile_id'],
    when=plan.lines and plan.tracks_lines and not is_first
) }}
with

sums as {{ not_materialized() }} (

    select *
    from runner.sums
    where goal = {{ text(plan.name) }}

),

changed_lines as (

    select key_hash
    from {{ relations.changed_lines }}

),

summed_lines as {{ not_materialized() }} (

    select * from {{ relations.summed_lines }}

),

{% if plan.objectives %}
refused as (

    select profile_id
    from {{ relations.refused }}

),

{% endif %}
superseded as (

    select sums.*
    from sums
    semi join changed_lines
        on sums.anchor_hash = changed_lines.key_hash
    anti join summed_lines
        on sums.sources = summed_lines.sources
        and sums.line_hash = summed_lines.line_hash
        and sums.anchor_hash = summed_lines.anchor_hash
        and sums.profile_id = summed_lines.profile_id
{% if plan.objectives %}
    anti join refused
        on sums.profile_id = refused.profile_id
{% endif %}

),

without_anchor as (

    select sums.*
    from sums
    semi join summed_lines
        on sums.sources = summed_lines.sources
        and sums.line_hash = summed_lines.line_hash
    where sums.anchor_hash is null

),

final as (

    select * from superseded
    union all
    select * from without_anchor

)

select * from final
