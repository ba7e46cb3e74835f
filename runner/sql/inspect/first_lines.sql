{#- Grain: one row per line of the main file, the first ones. -#}
select *
from {{ relation }} as lines
where {{ row_id('lines') }} < {{ rows }}
order by {{ row_id('lines') }}
