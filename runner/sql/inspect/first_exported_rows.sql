{#- Grain: one row per line of an exported file, the first ones, as text. -#}
select {{ columns }}
from (
    {{ select }}
)
order by {{ order }}
limit {{ rows }}
