-- Grain: the import of `benchmarks/project` as an expert writes it for this
-- job alone: one statement per step, a first import and a repeat alike. The
-- order of a row is that of its order line; a customer has one e-mail address,
-- so that those who share one are found in a single step.

-- Grain: one row per order line as it is read: numbering takes one thread.
create or replace temp table read_lines as
select
    order_id,
    line_number,
    customer_id,
    sku,
    ordered_at,
    status,
    quantity,
    unit_price,
    amount,
    currency,
    coupon,
    remark,
    row_number() over () as line
from read_csv(
    getvariable('landing') || '/order_lines.csv',
    auto_detect = false,
    header = false,
    skip = 1,
    delim = ',',
    quote = '"',
    escape = '"',
    columns = {
        'order_id': 'varchar',
        'line_number': 'varchar',
        'customer_id': 'varchar',
        'sku': 'varchar',
        'ordered_at': 'varchar',
        'status': 'varchar',
        'quantity': 'varchar',
        'unit_price': 'varchar',
        'amount': 'varchar',
        'currency': 'varchar',
        'coupon': 'varchar',
        'remark': 'varchar'
    }
);

create or replace temp table order_lines as
select
    line,
    nullif(trim(order_id), '') as order_id,
    nullif(trim(customer_id), '') as customer_id,
    nullif(trim(sku), '') as sku,
    nullif(trim(status), '') as status,
    nullif(trim(coupon), '') as coupon,
    try_cast(quantity as bigint) as quantity,
    try_cast(amount as decimal(18, 10)) as amount,
    try_strptime(ordered_at, '%d-%m-%Y %H:%M') as local_at,
    md5_number(concat_ws(
        chr(31), 'order_lines', order_id, line_number, customer_id, sku,
        ordered_at, status, quantity, unit_price, amount, currency,
        coalesce(coupon, chr(30)), coalesce(remark, chr(30))
    )) as line_hash
from read_lines;

-- Grain: one row per hour, with what it is ahead of UTC: few are different.
create or replace temp table hours as
select
    local_hour,
    local_hour - cast(
        (local_hour at time zone 'Europe/Amsterdam') at time zone 'UTC'
        as timestamp
    ) as ahead
from (
    select distinct date_trunc('hour', local_at) as local_hour
    from order_lines
) as different;

create or replace temp table postal_codes as
select
    trim(postal_code) as postal_code,
    nullif(trim(city), '') as city,
    nullif(trim(province), '') as province,
    try_cast(
        replace(average_income, ',', '.') as decimal(38, 10)
    ) as area_income,
    md5_number(concat_ws(
        chr(31), 'postal_codes', postal_code, coalesce(city, chr(30)),
        coalesce(province, chr(30)), coalesce(average_income, chr(30))
    )) as line_hash
from read_csv(
    getvariable('landing') || '/postal_codes.csv',
    auto_detect = false,
    header = false,
    skip = 1,
    delim = ';',
    columns = {
        'postal_code': 'varchar',
        'city': 'varchar',
        'province': 'varchar',
        'average_income': 'varchar'
    }
);

create or replace temp table products as
select
    trim(sku) as sku,
    nullif(trim(category), '') as category,
    nullif(trim(brand), '') as brand,
    md5_number(concat_ws(
        chr(31), 'products', sku, coalesce(category, chr(30)),
        coalesce(brand, chr(30))
    )) as line_hash
from read_csv(
    getvariable('landing') || '/products.csv',
    auto_detect = false,
    header = false,
    skip = 1,
    delim = ',',
    columns = {
        'sku': 'varchar',
        'product_name': 'varchar',
        'category': 'varchar',
        'brand': 'varchar',
        'list_price': 'varchar'
    }
);

-- Grain: one row per customer, with the line of its postal code.
create or replace temp table customers as
with lines as (

    select
        nullif(trim(customer_id), '') as customer_id,
        lower(nullif(trim(email), '')) as email,
        nullif(trim(first_name), '') as first_name,
        nullif(trim(last_name), '') as last_name,
        nullif(trim(phone), '') as phone,
        cast(try_strptime(birth_date, '%d-%m-%Y') as date) as birth_date,
        nullif(trim(newsletter), '') as newsletter,
        trim(postal_code) as postal_code,
        md5_number(concat_ws(
            chr(31), 'customers', customer_id, coalesce(email, chr(30)),
            coalesce(first_name, chr(30)), coalesce(last_name, chr(30)),
            coalesce(phone, chr(30)), coalesce(birth_date, chr(30)),
            coalesce(postal_code, chr(30)), coalesce(newsletter, chr(30))
        )) as line_hash
    from read_csv(
        getvariable('landing') || '/customers.csv',
        auto_detect = false,
        header = false,
        skip = 1,
        delim = ',',
        quote = '"',
        escape = '"',
        columns = {
            'customer_id': 'varchar',
            'email': 'varchar',
            'first_name': 'varchar',
            'last_name': 'varchar',
            'phone': 'varchar',
            'birth_date': 'varchar',
            'postal_code': 'varchar',
            'newsletter': 'varchar'
        }
    )

)

select
    lines.customer_id,
    lines.email,
    lines.first_name,
    lines.last_name,
    lines.phone,
    lines.birth_date,
    lines.newsletter is null
    or try_cast(lines.newsletter as boolean) is not null as has_newsletter,
    try_cast(lines.newsletter as boolean) as newsletter,
    postal_codes.city,
    postal_codes.province,
    postal_codes.area_income,
    xor(
        lines.line_hash, coalesce(postal_codes.line_hash, 0)
    ) as line_hash
from lines
left join postal_codes
    on lines.postal_code = postal_codes.postal_code;

-- Grain: one row per joined row; `is_new` where it was not imported before.
create or replace temp table joined_rows as
with joined as (

    select
        order_lines.line,
        order_lines.customer_id,
        customers.rowid as customer_row,
        customers.email,
        products.category,
        products.brand,
        order_lines.coupon,
        order_lines.quantity,
        order_lines.amount,
        order_lines.local_at - hours.ahead as ordered_at,
        xor(
            xor(order_lines.line_hash, coalesce(customers.line_hash, 0)),
            coalesce(products.line_hash, 0)
        ) as row_hash
    from order_lines
    left join customers
        on order_lines.customer_id = customers.customer_id
    left join products
        on order_lines.sku = products.sku
    left join hours
        on date_trunc('hour', order_lines.local_at) = hours.local_hour
    where order_lines.status is distinct from 'returned'

)

select
    joined.*,
    ledger.row_hash is null as is_new
from joined
left join ledger
    on joined.row_hash = ledger.row_hash;

-- Grain: one row per pair of identifiers in the rows, with its profile.
create or replace temp table people as
with pairs as (

    select
        customer_id,
        email,
        min(line) as first_line
    from joined_rows
    where coalesce(customer_id, email) is not null
    group by all

),

named as (

    select
        *,
        md5('customer_id:' || first_value(customer_id) over (
            partition by coalesce(email, customer_id)
            order by first_line
        )) as digest
    from pairs

)

select
    named.customer_id,
    named.email,
    coalesce(
        by_customer.profile_id,
        by_email.profile_id,
        cast(
            substr(named.digest, 1, 12) || '8' || substr(named.digest, 14, 3)
            || '8' || substr(named.digest, 18) as uuid
        )
    ) as profile_id
from named
left join identifiers as by_customer
    on
        named.customer_id = by_customer.value
        and by_customer.identifier = 'customer_id'
left join identifiers as by_email
    on
        named.email = by_email.value
        and by_email.identifier = 'email';

-- Grain: one row per row of a profile that has a new one: the last value of
-- a profile may stand in a known row. Of equal new rows the first counts.
create or replace temp table applied_rows as
with repeated as (

    select
        row_hash,
        min(line) as line
    from joined_rows
    where is_new
    group by row_hash
    having count(*) > 1

),

linked as (

    select
        people.profile_id,
        joined_rows.line,
        joined_rows.customer_id,
        joined_rows.customer_row,
        joined_rows.email,
        joined_rows.category,
        joined_rows.brand,
        joined_rows.coupon,
        joined_rows.quantity,
        joined_rows.amount,
        joined_rows.ordered_at,
        joined_rows.row_hash,
        joined_rows.is_new
        and coalesce(joined_rows.line = repeated.line, true) as is_new
    from joined_rows
    inner join people
        on
            joined_rows.customer_id is not distinct from people.customer_id
            and joined_rows.email is not distinct from people.email
    left join repeated
        on joined_rows.row_hash = repeated.row_hash

),

touched as (

    select distinct profile_id
    from linked
    where is_new

)

select linked.*
from linked
semi join touched
    on linked.profile_id = touched.profile_id;

-- Grain: one row per profile that a row is applied to, as it is then.
create or replace temp table changed_profiles as
with of_rows as (

    select
        profile_id,
        arg_min(customer_id, line) as customer_id,
        arg_min(email, line) as email,
        arg_max(ordered_at, line) as last_order_at,
        sum(quantity) filter (where is_new) as items_bought,
        sum(amount) filter (where is_new) as total_spend
    from applied_rows
    group by profile_id

),

pairs as (

    select
        profile_id,
        customer_row,
        min(line) as first_line,
        max(line) as last_line
    from applied_rows
    group by
        profile_id,
        customer_row

),

of_customers as (

    select
        pairs.profile_id,
        arg_max(customers.first_name, pairs.last_line) as first_name,
        arg_max(customers.last_name, pairs.last_line) as last_name,
        arg_min(customers.phone, pairs.first_line) as phone,
        arg_max(customers.birth_date, pairs.last_line) as birth_date,
        arg_max_null(customers.newsletter, pairs.last_line)
        filter (where customers.has_newsletter) as newsletter,
        bool_or(customers.has_newsletter) as has_newsletter,
        arg_max(customers.city, pairs.last_line) as city,
        arg_max(customers.province, pairs.last_line) as province,
        arg_max(customers.area_income, pairs.last_line) as area_income
    from pairs
    inner join customers
        on pairs.customer_row = customers.rowid
    group by pairs.profile_id

),

added as (

    select
        profile_id,
        'interests' as property,
        category as item,
        min(line) as line
    from applied_rows
    where category is not null
    group by
        profile_id,
        category
    union all
    select
        profile_id,
        'brands' as property,
        brand as item,
        min(line) as line
    from applied_rows
    where brand is not null
    group by
        profile_id,
        brand
    union all
    select
        profile_id,
        'coupons' as property,
        coupon as item,
        min(line) as line
    from applied_rows
    where coupon is not null
    group by
        profile_id,
        coupon

),

of_lists as (

    select
        profile_id,
        list(item order by line) filter (where property = 'interests')
            as interests,
        list(item order by line) filter (where property = 'brands') as brands,
        list(item order by line) filter (where property = 'coupons') as coupons
    from added
    group by profile_id

)

select
    of_rows.profile_id,
    coalesce(profiles.customer_id, of_rows.customer_id) as customer_id,
    coalesce(profiles.email, of_rows.email) as email,
    coalesce(of_customers.first_name, profiles.first_name) as first_name,
    coalesce(of_customers.last_name, profiles.last_name) as last_name,
    coalesce(profiles.phone, of_customers.phone) as phone,
    coalesce(of_customers.birth_date, profiles.birth_date) as birth_date,
    case
        when of_customers.has_newsletter then of_customers.newsletter
        else profiles.newsletter
    end as newsletter,
    coalesce(of_customers.city, profiles.city) as city,
    coalesce(of_customers.province, profiles.province) as province,
    coalesce(of_customers.area_income, profiles.area_income) as area_income,
    coalesce(profiles.interests, []) || list_filter(
        coalesce(of_lists.interests, []),
        lambda item: not list_contains(coalesce(profiles.interests, []), item)
    ) as interests,
    coalesce(profiles.brands, []) || list_filter(
        coalesce(of_lists.brands, []),
        lambda item: not list_contains(coalesce(profiles.brands, []), item)
    ) as brands,
    coalesce(profiles.coupons, []) || list_filter(
        coalesce(of_lists.coupons, []),
        lambda item: not list_contains(coalesce(profiles.coupons, []), item)
    ) as coupons,
    coalesce(profiles.items_bought, 0)
    + coalesce(of_rows.items_bought, 0) as items_bought,
    coalesce(profiles.total_spend, 0)
    + coalesce(of_rows.total_spend, 0) as total_spend,
    coalesce(of_rows.last_order_at, profiles.last_order_at) as last_order_at,
    'webshop' as source
from of_rows
left join of_customers
    on of_rows.profile_id = of_customers.profile_id
left join of_lists
    on of_rows.profile_id = of_lists.profile_id
left join profiles
    on of_rows.profile_id = profiles.profile_id;

begin;

delete from profiles
where profile_id in (select profile_id from changed_profiles);

insert into profiles by name
from changed_profiles;

insert into ledger
select
    row_hash,
    profile_id,
    line
from applied_rows
where is_new;

insert into identifiers
select distinct
    'customer_id' as identifier,
    people.customer_id as value,
    people.profile_id
from people
anti join identifiers
    on
        people.customer_id = identifiers.value
        and identifiers.identifier = 'customer_id'
where people.customer_id is not null;

insert into identifiers
select distinct
    'email' as identifier,
    people.email as value,
    people.profile_id
from people
anti join identifiers
    on
        people.email = identifiers.value
        and identifiers.identifier = 'email'
where people.email is not null;

commit;

checkpoint;
