{#- Grain: one row per row for which the expression does not hold. -#}
select *
from {{ relation }}
where
    ({{ column_before }}{{ expression }}) is not true
    and ({{ where }})
