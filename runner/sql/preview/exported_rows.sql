{#- Grain: one row per line of an exported file, the first ones, as text. -#}
select {{ columns }}
from (
    {{ select }}
)
limit {{ rows }}
