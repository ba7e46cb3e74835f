create table if not exists main.products (
    product_id varchar not null,
    times_ordered bigint not null,
    last_ordered_at timestamp
);
create table if not exists runner.product_feed (
    goal varchar not null,
    product_id varchar not null,
    origin bigint not null
);
comment on table main.products is 'One row per product';
comment on column main.products.product_id is 'Id of the product';
comment on column main.products.times_ordered is 'Events that hold the product';
comment on column main.products.last_ordered_at is 'Time of the last of them (UTC)';
comment on table runner.product_feed is 'One row per product and goal that imported it';
