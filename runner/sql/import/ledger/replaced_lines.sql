{#-
    Grain: one row per line that earlier versions of a replaced file gave
    something by, and of which a row is absent; `is_vanished` where no file of
    the batch has the line (F9). Untracked, a line is its row.
-#}
{{ config(materialized='temporary', when=plan.is_giving) }}
with

files as (

    select
        file_id,
        path
    from {{ relations.replaced_files }}

),

absent as (

    select
        row_hash,
        origin
    from {{ relations.absent_rows }}

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
    from {{ relations.joined }}

),

given as (

    select distinct
        files.path,
{% if plan.tracks_lines %}
        keys.key_hash
    from keys
    inner join absent
        on keys.row_hash = absent.row_hash
{% else %}
        absent.row_hash as key_hash
    from absent
{% endif %}
    inner join files
        on {{ file_of('absent.origin') }} = files.file_id

),

kept as (

    select distinct given.key_hash
    from given
    semi join rows_read
        on given.key_hash = rows_read.key_hash

),

final as (

    select
        given.path,
        given.key_hash,
        kept.key_hash is null as is_vanished
    from given
    left join kept
        on given.key_hash = kept.key_hash

)

select * from final
