{#-
    Grain: one row per key by which lines above join, up to one more than are
    looked for.
-#}
select distinct {{ join_key(key.other) }} as key
from {{ above }}
where {{ join_key(key.other) }} is not null
order by 1
limit {{ most + 1 }}
