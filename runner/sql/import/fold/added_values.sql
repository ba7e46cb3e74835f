{#-
    Grain: one row per profile that the batch adds values of one property to,
    with the values in the order of their rows, each once (P4). Of the lines of
    one `key` the last adds.
-#}
with

applied as {{ not_materialized() }} (

    {{ with_values(plan, relations.applied_rows, relations, [added]) }}

),

{% if plan.line_key and plan.tracks_lines %}
last_rows as (

    select main_row
    from {{ relations.last_rows }}

),

{% endif %}
adding as (

    select
        applied.profile_id,
        applied.{{ added.column }} as added,
        applied.row_order
    from applied
{% if plan.line_key and plan.tracks_lines %}
    semi join last_rows
        on applied.main_row = last_rows.main_row
{% endif %}
    where applied.{{ added.column }} is not null

),

texts as (

    select
        profile_id,
        added,
        min(row_order) as row_order
    from adding
    group by
        profile_id,
        added

),

ordered as (

    select
        profile_id,
        {{ ordered_list('added', 'row_order') }} as texts
    from texts
    group by profile_id

),

parsed as (

    select
        profile_id,
        flatten({{ items_made(
            'texts', 'added', parse_values('added', added)
        ) }}) as items
    from ordered

),

final as (

    select
        profile_id,
        {{ distinct_in_order('items') }} as items
    from parsed

)

select * from final
