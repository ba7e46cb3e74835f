-- Grain: the tables of a job by hand, one statement each, empty.
create table if not exists ledger (
    row_hash uhugeint,
    profile_id uuid,
    origin bigint
);

create table if not exists identifiers (
    identifier varchar,
    value varchar,
    profile_id uuid
);

create table if not exists profiles (
    profile_id uuid,
    customer_id varchar,
    email varchar,
    first_name varchar,
    last_name varchar,
    phone varchar,
    birth_date date,
    newsletter boolean,
    city varchar,
    province varchar,
    area_income decimal(38, 10),
    interests varchar[],
    brands varchar[],
    coupons varchar[],
    items_bought bigint,
    total_spend decimal(38, 10),
    last_order_at timestamp,
    source varchar
);
