-- runner/sql/import/profiles.sql, for connections/shop.yml:5
select changed.*
from "shop.orders.changed_profiles" as changed
left join main.profiles as earlier
    on changed.profile_id = earlier.profile_id
where
    earlier.profile_id is null
    or changed."city" is distinct from earlier."city"
    or changed."income" is distinct from earlier."income"
    or changed."areas" is distinct from earlier."areas"
    or changed."spent" is distinct from earlier."spent"
    or changed."lines" is distinct from earlier."lines"
    or changed."first_order_at" is distinct from earlier."first_order_at"
    or changed."customer_id" is distinct from earlier."customer_id"
    or changed."email" is distinct from earlier."email"
