{#- Grain: one row per row of a model for which a condition holds. -#}
(
    select *
    from {{ relation }}
    where {{ where }}
)
