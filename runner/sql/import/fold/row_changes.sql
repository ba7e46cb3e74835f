{#-
    Grain: one row per profile, row and main file of the batch in which the row
    begins to count for the profile (`sign` 1), or ends to (-1).
-#}
{{ config(materialized='temporary', when=is_several and plan.tracks_lines) }}
{#-
    A row that counts before and after a file is not among them.
-#}
with

file_rows as (

    select * from {{ relations.file_rows }}

),

earlier_keys as (

    select
        key_hash,
        row_hash
    from runner.keys
    where goal = {{ text(plan.name) }}

),

earlier_rows as (

    select
        row_hash,
        profile_id
    from runner.rows
    where goal = {{ text(plan.name) }}

),

first_files as (

    select distinct
        key_hash,
        first_file
    from file_rows

),

states as (

    select distinct
        profile_id,
        key_hash,
        row_hash,
        file_id,
        next_file
    from file_rows
    where is_in_force

),

row_signs as (

    select
        profile_id,
        key_hash,
        row_hash,
        file_id,
        1 as sign
    from states
    union all
    select
        profile_id,
        key_hash,
        row_hash,
        next_file as file_id,
        -1 as sign
    from states
    where next_file is not null
    union all
    select
        earlier_rows.profile_id,
        earlier_keys.key_hash,
        earlier_keys.row_hash,
        first_files.first_file as file_id,
        -1 as sign
    from earlier_keys
    inner join first_files
        on earlier_keys.key_hash = first_files.key_hash
    inner join earlier_rows
        on earlier_keys.row_hash = earlier_rows.row_hash

),

summed as (

    select
        profile_id,
        key_hash,
        row_hash,
        file_id,
        sum(sign) as total
    from row_signs
    group by
        profile_id,
        key_hash,
        row_hash,
        file_id

),

final as (

    select
        profile_id,
        key_hash,
        row_hash,
        file_id,
        total as sign
    from summed
    where total != 0

)

select * from final
