{#-
    Grain: one row per line of the main file that gives other rows than before.
-#}
with

final as (

    select key_hash
    from {{ relations.applied_rows }}
    union
    select key_hash
    from {{ relations.superseded_keys }}

)

select * from final
