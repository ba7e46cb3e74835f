{#- Grain: one row per exported member, with a hash of its columns (X4). -#}
with

exported as (

    {{ select }}

),

final as (

    select
        *,
        {{ text_hash(columns) }} as {{ name(names.content_hash) }}
    from exported

)

select * from final
