{#-
    Grain: one row per joined row with a value that may not be imported (C2): of
    an identifier that links the row, or of one that the row gives to its
    profile.
-#}
with

suppressed as not materialized (

    select
        identifier,
        value_hash
    from runner.suppressed

),

rows_read as not materialized (

    select
        rowid as row_id,
        *
    from {{ relations.rows }}
    where is_kept

),

found as (

{% for identifier, value in suppressible %}
    select rows_read.row_id
    from rows_read
    inner join suppressed
        on {{ suppression_hash(text(identifier), value) }}
            = suppressed.value_hash
        and suppressed.identifier = {{ text(identifier) }}
    union all
    select rows_read.row_id
    from rows_read
    inner join suppressed
        on {{ earlier_suppression_hash(text(identifier), value) }}
            = suppressed.value_hash
        and suppressed.identifier = {{ text(identifier) }}
{{ '    union all' if not loop.last }}
{% endfor %}

),

final as (

    select distinct row_id
    from found

)

select * from final
