{#- Grain: one row per row without a value. -#}
select *
from {{ relation }}
where
    {{ column }} is null
    and ({{ where }})
