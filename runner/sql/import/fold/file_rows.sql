{#-
    Grain: one row per joined row of the last line with its key in each main
    file of the batch: it counts until the next file with that key.
-#}
{{ config(materialized='temporary', when=is_several and plan.tracks_lines) }}
with

rows_linked as (

    select
        rows_read.key_hash,
        rows_read.main_row,
        rows_read.row_order,
        rows_read.row_hash,
        {{ file_of('rows_read.origin') }} as file_id,
        links.profile_id,
{% for sources in plan.lines %}
        rows_read.{{ plan.line(loop.index) }},
{% endfor %}
        links.outcome in ('created', 'updated', 'duplicate', 'unchanged')
            as is_in_force
    from {{ rows_with_links(relations.rows, relations.links) }}

),

numbered as (

    select
        *,
        max(main_row) over (partition by key_hash, file_id) as last_row
    from rows_linked

),

key_files as (

    select
        key_hash,
        file_id,
        min(file_id) over (partition by key_hash) as first_file,
        lead(file_id) over (
            partition by key_hash
            order by file_id
        ) as next_file
    from rows_linked
    group by
        key_hash,
        file_id

),

final as (

    select
        numbered.profile_id,
        numbered.key_hash,
        numbered.row_hash,
        numbered.row_order,
{% for sources in plan.lines %}
        numbered.{{ plan.line(loop.index) }},
{% endfor %}
        numbered.is_in_force,
        key_files.first_file,
        key_files.file_id,
        key_files.next_file
    from numbered
    inner join key_files
        on numbered.key_hash = key_files.key_hash
        and numbered.file_id = key_files.file_id
    where numbered.main_row = numbered.last_row

)

select * from final
