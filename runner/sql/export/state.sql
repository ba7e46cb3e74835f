{#-
    Grain: one row per profile that was sent, with the hash of what was (X4).
-#}
select
    {{ name(names.key) }} as profile_id,
    {{ name(names.content_hash) }} as content_hash
from {{ relations.exported }}
order by profile_id
