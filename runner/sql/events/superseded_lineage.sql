{#-
    Grain: one row per event or item that a line gave and gives no more: it is
    replaced or deleted, joined to others, or gone from its file (F9).
-#}
with

earlier as (

    select *
    from runner.event_lineage
    where goal = {{ text(plan.name) }}

),

rows_read as (

{% if plan.objectives %}
    select rows_read.key_hash
    from {{ rows_with_links(relations.rows, relations.links) }}
    where
        links.outcome not in ('no_consent', 'suppressed')
{% elif suppressible %}
    select rows_read.key_hash
    from {{ relations.rows }} as rows_read
    anti join {{ relations.suppressed_rows }} as suppressed
        on {{ row_id('rows_read') }} = suppressed.row_id
{% else %}
    select key_hash
    from {{ relations.rows }}
{% endif %}
{% if plan.is_full %}
    union all
    select key_hash
    from {{ relations.replaced_lines }}
    where is_vanished
{% endif %}

),

batch_lineage as (

    select * from {{ batch_lineage }}

),

final as (

    select earlier.*
    from earlier
    semi join rows_read
        on earlier.key_hash = rows_read.key_hash
    anti join batch_lineage
        on earlier.key_hash = batch_lineage.key_hash
        and earlier.type = batch_lineage.type
        and earlier.event_id = batch_lineage.event_id
        and earlier.nested = batch_lineage.nested
        and earlier.item = batch_lineage.item

)

select * from final
