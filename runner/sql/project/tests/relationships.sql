{#- Grain: one row per value that has no partner in the other relation. -#}
with

child as (

    select {{ column }} as value
    from {{ relation }}
    where
        {{ column }} is not null
        and ({{ from_condition | default('true') }})
        and ({{ where }})

),

parent as (

    select {{ name(field) }} as value
    from {{ to }}
    where ({{ to_condition | default('true') }})

),

final as (

    select child.value
    from child
    left join parent
        on child.value = parent.value
    where parent.value is null

)

select * from final
