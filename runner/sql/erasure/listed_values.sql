{#-
    Grain: one row per identifier value of a batch that is suppressed (C2): what
    a person is known by whose list has only hashes.
-#}
with

suppressed as (

    select
        identifier,
        value_hash
    from runner.suppressed

),

suppressed_rows as (

    select row_id
    from {{ suppressed }}

),

rows_read as (

    select *
    from {{ rows }} as given
    where
        {{ row_id('given') }} in (
            select suppressed_rows.row_id
            from suppressed_rows
        )

),

given as (

{% for identifier, value in suppressible %}
    select
        {{ text(identifier) }} as identifier,
        {{ value }} as value
    from rows_read
{{ '    union' if not loop.last }}
{% endfor %}

),

final as (

    select
        given.identifier,
        {{ address_text('given.value') }} as value
    from given
    inner join suppressed
        on given.identifier = suppressed.identifier
        and suppressed.value_hash in (
            {{ suppression_hash('given.identifier', 'given.value') }},
            {{ earlier_suppression_hash('given.identifier', 'given.value') }}
        )

)

select distinct * from final
