{#-
    Grain: one row per profile that gains or loses a sum: of a line that gives
    other rows now, or of one that counts for another profile.
-#}
{{ config(materialized='temporary', when=plan.lines) }}
{% set shared = plan.shared_lines | map('join', '+') | map('text') %}
with

new_sums as (

    select * from {{ relations.new_sums }}

),

{% if plan.tracks_lines and not is_first %}
superseded_sums as (

    select * from {{ relations.superseded_sums }}

),

{% endif %}
{% if plan.tracks_lines and is_several %}
row_changes as (

    select profile_id
    from {{ relations.row_changes }}

),

{% endif %}
{% if plan.shared_lines %}
shared_sums as (

    select *
    from runner.sums
    where
        goal = {{ text(plan.name) }}
        and sources in ({{ shared | join(', ') }})

),

{% endif %}
changed_sums as (

    select
        sources,
        line_hash,
        profile_id
    from new_sums
{% if plan.tracks_lines and not is_first %}
    union all
    select
        sources,
        line_hash,
        profile_id
    from superseded_sums
{% endif %}

),

final as (

    select profile_id
    from changed_sums
{% if plan.shared_lines %}
    union
    select shared_sums.profile_id
    from shared_sums
    semi join changed_sums
        on shared_sums.sources = changed_sums.sources
        and shared_sums.line_hash = changed_sums.line_hash
{% else %}
    group by profile_id
{% endif %}
{% if plan.tracks_lines and is_several %}
    union
    select profile_id
    from row_changes
{% endif %}

)

select * from final
