{#-
    Grain: one row per line that earlier versions of a replaced file gave
    something by; `is_vanished` where no file of the batch has it (F9). Where
    lines are not tracked, `key_hash` is the hash of its row.
-#}
with

files as (

    select
        file_id,
        path
    from {{ relations.replaced_files }}

),

applied as (

    select
        row_hash,
        origin
    from runner.rows
    where goal = {{ text(plan.name) }}

),

{% if plan.tracks_lines %}
keys as (

    select
        key_hash,
        row_hash
    from runner.keys
    where goal = {{ text(plan.name) }}

),

{% endif %}
rows_read as (

    select {{ 'key_hash' if plan.tracks_lines else 'row_hash as key_hash' }}
    from {{ relations.rows }}

),

given as (

    select distinct
        files.path,
{% if plan.tracks_lines %}
        keys.key_hash
    from keys
    inner join applied
        on keys.row_hash = applied.row_hash
{% else %}
        applied.row_hash as key_hash
    from applied
{% endif %}
    inner join files
        on {{ file_of('applied.origin') }} = files.file_id

),

final as (

    select
        path,
        key_hash,
        key_hash not in (
            select rows_read.key_hash from rows_read
        ) as is_vanished
    from given

)

select * from final
