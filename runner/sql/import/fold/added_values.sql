{#-
    Grain: one row per profile that the rows of the batch add a value of one property to, with
    the values in the order in which they came, each once (P4). Of the lines of one `key`, the
    last adds.
-#}
with

texts as (

    select
        profile_id,
        {{ added.column }} as held,
        min(row_order) as row_order
    from {{ relations.applied_rows }}
{% if plan.key %}
    semi join {{ relations.last_rows }}
        using (main_row)
{% endif %}
    where {{ added.column }} is not null
    group by all

),

ordered as (

    select
        profile_id,
        {{ ordered_list('held', 'row_order') }} as texts
    from texts
    group by profile_id

),

parsed as (

    select
        profile_id,
        flatten(list_transform(
            texts,
            lambda held: {{ parse_values('held', added) }}
        )) as items
    from ordered

),

final as (

    select
        profile_id,
        {{ distinct_in_order('items') }} as items
    from parsed

)

select * from final
