-- runner/sql/import/profile_counts.sql, for connections/shop.yml:5
select
    count(*) filter (where earlier.profile_id is null) as created,
    count(*) filter (where earlier.profile_id is not null) as updated,
    (select count(*) from "shop.orders.changed_profiles") - count(*) as unchanged
from "shop.orders.profiles" as changed
left join main.profiles as earlier
    on changed.profile_id = earlier.profile_id
