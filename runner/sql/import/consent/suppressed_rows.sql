{#-
    Grain: one row per joined row with a value that may not be imported (C2): of
    an identifier that links the row, or of one that the row gives to its
    profile.
-#}
{{ config(materialized='temporary', when=is_suppressing) }}
{#-
    `suppress` leaves what the warehouse has: rows of a file that was imported
    before are applied again where they are made again.
-#}
with

suppressed as {{ not_materialized() }} (

    select
        identifier,
        value_hash,
        reason,
        receipt_id
    from runner.suppressed

),

files as (

    select
        file_id,
        sha256,
        build_id
    from runner.files
    where goal = {{ text(plan.name) }}

),

rows_read as {{ not_materialized() }} (

    select
        {{ row_id('given') }} as row_id,
        given.*
    from {{ relations.rows }} as given
    where is_kept

),

first_imports as (

{% if is_changed_goal %}
    select
        files.file_id,
        min(earlier.build_id) as build_id
    from files
    inner join files as earlier
        on files.sha256 = earlier.sha256
    group by files.file_id
{% else %}
    select
        file_id,
        build_id
    from files
{% endif %}

),

{#- Hashed before the join: Spark refuses what a session holds as a key. -#}
hashed_rows as (

{% for identifier, value in suppressible %}
{% for hash_of in [suppression_hash, earlier_suppression_hash] %}
    select
        row_id,
        origin,
        {{ text(identifier) }} as identifier,
        {{ hash_of(text(identifier), value) }} as value_hash
    from rows_read
{{ '    union all' if not loop.last }}
{% endfor %}
{{ '    union all' if not loop.last }}
{% endfor %}

),

found as (

    select
        hashed_rows.row_id,
        hashed_rows.origin,
        suppressed.*
    from hashed_rows
    inner join suppressed
        on hashed_rows.value_hash = suppressed.value_hash
        and hashed_rows.identifier = suppressed.identifier

),

final as (

    select
        found.row_id,
        min(found.value_hash) as value_hash,
        {{ first_by('found.identifier', 'found.value_hash') }} as identifier,
        {{ first_by('found.reason', 'found.value_hash') }} as reason
    from found
    left join first_imports
        on {{ file_of('found.origin') }} = first_imports.file_id
    where
        found.reason <> 'suppress'
        or first_imports.build_id is null
        or first_imports.build_id >= found.receipt_id
    group by found.row_id

)

select * from final
