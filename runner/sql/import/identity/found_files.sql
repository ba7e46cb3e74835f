{#-
    Grain: one row per file of a goal with rows that found no profile, and for
    which there is one now; with the number of these rows.
-#}
with

pending as (

    select
        profile_id,
        origin,
        {{ file_of('origin') }} as file_id
    from runner.pending_rows
    where
        goal = {{ text(goal) }}
        and outcome = 'unmatched'

),

identifiers as (

    select {{ stable_uuid("identifier || ':' || value") }} as named_id
    from runner.identifiers

),

files as (

    select
        file_id,
        path
    from runner.files

),

found as (

    select
        pending.origin,
        pending.file_id
    from pending
    semi join identifiers
        on pending.profile_id = identifiers.named_id

),

final as (

    select
        files.path,
        count(distinct found.origin) as row_count
    from found
    inner join files
        on found.file_id = files.file_id
    group by files.path

)

select * from final
order by path
