{#-
    Grain: one row per row imported before that is applied again (P4): a new row
    precedes it, the order of its profile's rows differs, or the file no longer
    has a row that once came after it.
-#}
{{ config(materialized='temporary') }}
{#- With `is_late`, also where a late file names the profile first. -#}
{% set disordered = 'again' if plan.tracks_lines else 'disordered' %}
{% if is_first %}
select
    cast(null as bigint) as row_id,
    cast(null as {{ stored_type('id') }}) as profile_id,
    cast(null as bigint) as main_row,
    cast(null as {{ stored_type('order') }}) as row_order,
    cast(null as {{ stored_type('hash') }}) as row_hash,
    cast(null as bigint) as origin
where false
{% else %}
with

rows_linked as (

    select
        links.profile_id,
        links.outcome,
        {{ row_id('rows_read') }} as row_id,
        rows_read.main_row,
        rows_read.row_order,
        rows_read.row_hash,
        rows_read.origin,
        rows_read.known_origin
    from {{ rows_with_links(relations.rows, relations.links) }}
    where
        links.profile_id is not null
{% if plan.objectives %}
        and links.profile_id not in (
            select refused.profile_id
            from {{ relations.refused }} as refused
        )
{% endif %}

),

absent as (

    select
        profile_id,
        origin
    from {{ relations.absent_rows }}

),

{% if plan.tracks_lines %}
last_rows as (

    select
        main_row,
        row_hash,
        profile_id
    from {{ relations.last_rows }}

),

counted as (

    select row_hash
    from runner.keys
    where goal = {{ text(plan.name) }}

),

{% endif %}
{% if is_late %}
files as (

    select
        file_id,
        modified_at
    from runner.files

),

{% endif %}
known as {{ not_materialized() }} (

    select *
    from rows_linked
    where outcome = 'unchanged'

),

first_new as (

    select
        profile_id,
        min(row_order) as first_new_order
    from rows_linked
    where outcome in ('created', 'updated', 'duplicate')
    group by profile_id

),

sent_again as (

    select
        profile_id,
        min(known_origin) as first_origin,
        max(row_order) as last_order
    from known
    group by profile_id

),

followed as (

    select
        profile_id,
        known_origin,
        lag(known_origin) over (
            partition by profile_id
            order by row_order
        ) as origin_before
    from known

),

disordered as (

    select sent_again.profile_id
    from sent_again
    inner join first_new
        on sent_again.profile_id = first_new.profile_id
        and sent_again.last_order > first_new.first_new_order
    union
    select profile_id
    from followed
    where known_origin < origin_before
    union
    select sent_again.profile_id
    from absent
    inner join sent_again
        on absent.profile_id = sent_again.profile_id
        and absent.origin >= sent_again.first_origin
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

),

{% if plan.tracks_lines %}
{# A line that gave something before, and then did not, counts again. #}
uncounted as (

    select last_rows.profile_id
    from last_rows
    anti join counted
        on last_rows.row_hash = counted.row_hash
    semi join known
        on last_rows.main_row = known.main_row

),

again as (

    select profile_id from disordered
    union
    select profile_id from uncounted

),

{% endif %}
final as (

    select
        known.row_id,
        known.profile_id,
        known.main_row,
        known.row_order,
        known.row_hash,
        known.origin
    from known
    semi join {{ disordered }}
        on known.profile_id = {{ disordered }}.profile_id

)

select * from final
{% endif %}
