{#-
    Grain: one row per profile that the batch may change by its own rows: one is
    new, absent, in another order than before, or counts again.
-#}
{{ config(materialized='temporary', when=is_settling) }}
with

known as {{ not_materialized() }} (

    select
        joined.*,
        joined.known_profile_id as profile_id
    from {{ relations.joined }} as joined
    where joined.known_profile_id is not null

),

links as (

    select profile_id
    from {{ relations.links }}

),

absent as (

    select profile_id
    from {{ relations.absent_rows }}

),

{% if is_late %}
files as (

    select
        file_id,
        modified_at
    from runner.files

),

{% endif %}
{% if plan.tracks_lines %}
counted as (

    select row_hash
    from runner.keys
    where goal = {{ text(plan.name) }}

),

{% endif %}
{# Nearly always all rows are in order, which is told without their profiles. #}
followed as (

    select
        known_origin,
        lag(known_origin) over (order by row_order) as origin_before
    from known

),

disorder as (

    select count(*) > 0 as is_found
    from followed
    where known_origin < origin_before

),

followed_by_profile as (

    select
        known.profile_id,
        known.known_origin,
        lag(known.known_origin) over (
            partition by known.profile_id
            order by known.row_order
        ) as origin_before
    from known
    inner join disorder
        on disorder.is_found

),

changing as (

    select profile_id
    from links
    where profile_id is not null
    union
    select profile_id
    from absent
    union
    select profile_id
    from followed_by_profile
    where known_origin < origin_before
{% if is_late %}
    union
    select known.profile_id
    from known
    inner join files
        on {{ file_of('known.origin') }} = files.file_id
    inner join files as known_files
        on {{ file_of('known.known_origin') }}
        = known_files.file_id
    where files.modified_at < known_files.modified_at
{% endif %}
{% if plan.tracks_lines %}
    union
    select known.profile_id
    from known
    anti join counted
        on known.row_hash = counted.row_hash
{% endif %}

),

final as (

    select profile_id
    from changing

)

select * from final
