{#-
    Grain: one row per profile that the batch may change: it has a new row,
    lacks one that it had, has them in another order, or shares a line with such
    a one.
-#}
with

rows_read as (

    select *
    from {{ relations.rows }}

),

links as (

    select profile_id
    from {{ relations.links }}

),

absent as (

    select
        row_hash,
        profile_id
    from {{ relations.absent_rows }}

),

joined as not materialized (

    select *
    from {{ relations.joined }}

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
counted as not materialized (

    select
        key_hash,
        row_hash
    from runner.keys
    where goal = {{ text(plan.name) }}

),

{% endif %}
known as not materialized (

    select
        joined.*,
        joined.known_profile_id as profile_id
    from joined
    where joined.known_profile_id is not null

),

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

{% if plan.tracks_lines %}
changing_lines as (

    select key_hash
    from rows_read
    union
    select known.key_hash
    from known
    semi join changing
        on known.profile_id = changing.profile_id
    union
    select counted.key_hash
    from counted
    semi join absent
        on counted.row_hash = absent.row_hash
{% if plan.line_key %}
    union
    select key_hash
    from joined
    group by key_hash
    having min(main_row) < max(main_row)
{% endif %}

),

sharing as (

    select known.profile_id
    from known
    semi join changing_lines
        on known.key_hash = changing_lines.key_hash

),

final as (

    select profile_id
    from changing
    union
    select profile_id
    from sharing

)
{% else %}
final as (

    select profile_id
    from changing

)
{% endif %}

select * from final
