{#-
    Grain: one row per profile and line of the batch that retracts what an
    earlier line gave to the profile: it has the same `key`, or the line is
    joined to others. A line that is gone from its file (F9) has number 0.
-#}
{{ config(
    materialized='append',
    into='runner.retractions',
    when=plan.tracks_lines
) }}
with

superseded_keys as (

    select
        key_hash,
        row_hash
    from {{ relations.superseded_keys }}

),

ledger as (

    select
        row_hash,
        profile_id
    from runner.rows
    where goal = {{ text(plan.name) }}

),

rows_read as (

    select
        key_hash,
        row_hash,
        min(origin) as origin
    from {{ relations.rows }}
    where key_hash in (
        select superseded.key_hash
        from {{ relations.superseded_keys }} as superseded
    )
    group by
        key_hash,
        row_hash

),

{% if plan.is_full %}
vanished as (

    select
        path,
        key_hash
    from {{ relations.replaced_lines }}
    where is_vanished

),

files as (

    select
        path,
        max(file_id) as file_id
    from runner.files
    where goal = {{ text(plan.name) }}
    group by path

),

{% endif %}
{% if is_several and plan.line_key %}
rows_linked as (

    select
        rows_read.key_hash,
        rows_read.main_row,
        rows_read.origin,
        rows_read.row_hash,
        links.profile_id,
        links.outcome in ('created', 'updated', 'duplicate', 'unchanged')
            as is_in_force
    from {{ rows_with_links(relations.rows, relations.links) }}

),

{% endif %}
first_lines as (

    select
        superseded_keys.key_hash,
        superseded_keys.row_hash,
        coalesce(
            min(rows_read.origin) filter (
                where rows_read.row_hash != superseded_keys.row_hash
            ),
            min(rows_read.origin)
        ) as origin
    from superseded_keys
    inner join rows_read
        on superseded_keys.key_hash = rows_read.key_hash
    group by
        superseded_keys.key_hash,
        superseded_keys.row_hash

),

{% if plan.is_full %}
vanished_from as (

    select
        vanished.key_hash,
        max(files.file_id * 4294967296) as origin
    from vanished
    inner join files
        on vanished.path = files.path
    group by vanished.key_hash

),

{% endif %}
{% if is_several and plan.line_key %}
numbered as (

    select
        *,
        max(main_row) over (
            partition by key_hash, {{ file_of('origin') }}
        ) as last_row
    from rows_linked

),

{# Of each file, the last line with a key counts until another file has one. #}
last_of_files as (

    select *
    from numbered
    where main_row = last_row

),

followed as (

    select
        earlier.profile_id,
        min(later.origin) as origin
    from last_of_files as earlier
    inner join last_of_files as later
        on earlier.key_hash = later.key_hash
        and earlier.main_row < later.main_row
    where
        earlier.is_in_force
        and earlier.row_hash != later.row_hash
    group by
        earlier.profile_id,
        earlier.key_hash,
        earlier.main_row

),

{% endif %}
retracted as (

    select
        ledger.profile_id,
{% if plan.is_full %}
        coalesce(first_lines.origin, vanished_from.origin) as origin
{% else %}
        first_lines.origin
{% endif %}
    from superseded_keys
    inner join ledger
        on superseded_keys.row_hash = ledger.row_hash
    left join first_lines
        on superseded_keys.key_hash = first_lines.key_hash
        and superseded_keys.row_hash = first_lines.row_hash
{% if plan.is_full %}
    left join vanished_from
        on superseded_keys.key_hash = vanished_from.key_hash
{% endif %}
{% if is_several and plan.line_key %}
    union all
    select
        profile_id,
        origin
    from followed
{% endif %}

),

final as (

    select distinct
        {{ text(plan.name) }} as goal,
        profile_id,
        origin
    from retracted
    where origin is not null

)

select * from final
