{#-
    Grain: one row per joined row with a value that may not be imported (C2): of an identifier
    that it is linked by, or of one that it would give to its profile.
-#}
with

listed as (

    select
        identifier,
        value_hash
    from runner.suppressed

),

found as (

{% for identifier, value in suppressible %}
    select rows_read.rowid as row_id
    from {{ relations.rows }} as rows_read
    inner join listed
        on {{ suppression_hash(text(identifier), value) }} = listed.value_hash
        and listed.identifier = {{ text(identifier) }}
    where rows_read.is_kept
{{ '    union all' if not loop.last }}
{% endfor %}

),

final as (

    select distinct row_id
    from found

)

select * from final
