{#-
    runner.identifiers and runner.shared: values that find profiles and
    groups.
-#}

{#-
    `identifier_text` and `address_text` as functions: what the macros of these
    names say.
-#}
{% macro text_functions() %}
create or replace temp macro identifier_text(value) as
    if(
        strlen(value) = length(value),
        trim(value, e' \t\n\r\f\x0b'),
        nfc_normalize(trim(
            regexp_replace(
                regexp_replace(
                    value,
                    '[\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}'
                    || '\x{180b}-\x{180f}\x{200b}-\x{200f}\x{202a}-\x{202e}'
                    || '\x{2060}-\x{206f}\x{3164}\x{fe00}-\x{fe0f}\x{feff}'
                    || '\x{ffa0}\x{fff0}-\x{fff8}\x{e0000}-\x{e0fff}]+',
                    '',
                    'g'
                ),
                '[\x{85}\pZ]',
                ' ',
                'g'
            ),
            e' \t\n\r\f\x0b'
        ))
    );
create or replace temp macro address_text(value) as
    case
        when contains(value, '@')
            then trim(
                regexp_replace(
                    regexp_replace(
                        lower(identifier_text(value)),
                        '(?s)^.*<([^<>]*@[^<>]*)>.*$',
                        '\1'
                    ),
                    '(?s)^mailto: *([^?]*)(?:\?.*)?$',
                    '\1'
                ),
                ' '
            )
        else identifier_text(value)
    end
{% endmacro %}

{#- Values of an older runner get the form in which they are compared. -#}
{% macro normalize_values() %}
update runner.identifiers
set value = identifier_text(value)
where value != identifier_text(value)
{% endmacro %}

{#- Those of groups are named `<type>:<identifier>`. -#}
{% macro of_entity(column, prefix) %}
{% if prefix %}
starts_with({{ column }}, {{ prefix }})
{% else %}
position(':' in {{ column }}) = 0
{% endif %}
{% endmacro %}

{#- Grain: one row per value of a profile. -#}
{% macro of_profile(profile_id) %}
select
    identifier,
    value
from runner.identifiers
where profile_id = {{ profile_id }}
order by
    identifier,
    value
{% endmacro %}

{#- Grain: one row per identifier. -#}
{% macro counts(prefix) %}
with per_profile as (
    select
        identifier,
        profile_id,
        count(*) as value_count
    from runner.identifiers
    where {{ of_entity('identifier' | sql, prefix) }}
    group by
        identifier,
        profile_id
)

select
    identifier,
    cast(sum(value_count) as bigint) as value_count,
    count(*) as profile_count,
    max(value_count) as most
from per_profile
group by identifier
order by identifier
{% endmacro %}

{#- Grain: one row per pair of values of one identifier on one profile. -#}
{% macro fused_values(prefix, most) %}
with paired as (
    select
        identifier,
        value,
        profile_id,
        lead(value) over (
            partition by
                identifier,
                profile_id
            order by value
        ) as other_value
    from runner.identifiers
    where {{ of_entity('identifier' | sql, prefix) }}
)

select
    identifier,
    value,
    other_value,
    cast(profile_id as string) as profile_id
from paired
where other_value is not null
order by
    identifier,
    value
limit {{ most }}
{% endmacro %}

{#- Grain: one row per identifier of the profiles with most values. -#}
{% macro largest_profiles(prefix, relation, shown, most) %}
with counted as (
    select
        profile_id,
        count(*) as value_count
    from runner.identifiers
    where {{ of_entity('identifier' | sql, prefix) }}
    group by profile_id
    order by
        value_count desc,
        profile_id
    limit {{ most }}
),

alias_counts as (
    select
        profile_id,
        count(*) as alias_count
    from runner.aliases
    where relation = {{ relation }}
    group by profile_id
)

select
    cast(counted.profile_id as string) as profile_id,
    counted.value_count,
    coalesce(any_value(alias_counts.alias_count), 0) as alias_count,
    known.identifier,
    count(*) as held,
    list_sort(list(known.value))[:{{ shown }}] as some
from counted
inner join runner.identifiers as known
    on counted.profile_id = known.profile_id
left join alias_counts
    on counted.profile_id = alias_counts.profile_id
where {{ of_entity('known.identifier' | sql, prefix) }}
group by
    counted.profile_id,
    counted.value_count,
    known.identifier
order by
    counted.value_count desc,
    counted.profile_id,
    held desc,
    known.identifier
{% endmacro %}

{#-
    Grain: one row per value that several customers share, the first of them
    counted too.
-#}
{% macro shared_values(prefix, most) %}
with counted as (
    select
        identifier,
        value,
        count(*) as customer_count
    from runner.shared
    where {{ of_entity('identifier' | sql, prefix) }}
    group by
        identifier,
        value
)

select
    counted.identifier,
    counted.value,
    counted.customer_count + if(known.value is null, 0, 1) as customers
from counted
left join runner.identifiers as known
    on counted.value = known.value
    and counted.identifier = known.identifier
order by
    customers desc,
    counted.identifier,
    counted.value
limit {{ most }}
{% endmacro %}

{#- Grain: one row per identifier with values that too many customers share. -#}
{% macro junk_values(shared) %}
select
    junk.identifier,
    count(*) as value_count
from {{ shared }} as junk
where junk.is_junk
group by junk.identifier
order by junk.identifier
{% endmacro %}

{#- The rows of a batch whose key is such a value. -#}
{% macro is_junk(shared, key, identifier) %}
{{ key | name }} in (
    select value
    from {{ shared }}
    where
        is_junk
        and identifier = {{ identifier }}
)
{% endmacro %}

{#- Grain: one row. -#}
{% macro count_junk(rows, shared, key, identifier) %}
select count(*)
from {{ rows }}
where {{ is_junk(shared, key, identifier) }}
{% endmacro %}

{#-
    Grain: one row: the rows whose value identifies no one, and the line of the
    first.
-#}
{% macro ignored_rows(rows, column) %}
select
    counted.row_count,
    files.path,
    counted.origin % 4294967296 as line
from (
    select
        count(*) as row_count,
        min_by(origin, row_order) as origin
    from {{ rows }}
    where
        is_kept
        and {{ column }} is not null
) as counted
left join runner.files as files
    on counted.origin // 4294967296 = files.file_id
{% endmacro %}

{#-
    Grain: one row per value of a property that identifies no one, with the
    number of profiles that have it.
-#}
{% macro ignored_values(relation, column, ignored, min_length, most) %}
select
    value,
    count(*) as profiles
from (
    select cast({{ column | name }} as string) as value
    from {{ relation }}
) as held
where
    length(value) between 1 and {{ min_length }} - 1
    or lower(value) in {{ ignored | items }}
group by value
order by
    profiles desc,
    value
limit {{ most }}
{% endmacro %}

{#- Grain: no row, in the form of what `keep_junk` keeps. -#}
{% macro no_junk() %}
select
    cast(null as bigint) as row_id,
    cast(null as integer) as number,
    cast(null as string) as value
where false
{% endmacro %}

{#- Grain: one row more per row and key with a junk value. -#}
{% macro keep_junk(junk, rows, shared, key, number, identifier) %}
insert into {{ junk }}
select
    rowid,
    {{ number }},
    {{ key | name }}
from {{ rows }}
where {{ is_junk(shared, key, identifier) }}
{% endmacro %}

{#- Grain: rows whose key is such a value have none. -#}
{% macro drop_junk(rows, shared, key, identifier) %}
update {{ rows }}
set {{ key | name }} = null
where {{ is_junk(shared, key, identifier) }}
{% endmacro %}

{#- Grain: rows have their junk values again. -#}
{% macro restore_junk(rows, junk, key, number) %}
update {{ rows }} as rows_read
set {{ key | name }} = junk.value
from {{ junk }} as junk
where
    rows_read.rowid = junk.row_id
    and junk.number = {{ number }}
{% endmacro %}

{#-
    Grain: of two values that are separate by a decision, a row keeps the
    earlier one.
-#}
{% macro part_rows(
    rows, separated, earlier, later, identifier, other_identifier
) %}
update {{ rows }} as rows_read
set {{ later | name }} = null
from {{ separated }} as separated
where
    rows_read.{{ earlier | name }} = separated.value
    and rows_read.{{ later | name }} = separated.other_value
    and separated.identifier = {{ identifier }}
    and separated.other_identifier = {{ other_identifier }}
{% endmacro %}

{#-
    Grain: one row per line of the decisions whose values one profile has
    already.
-#}
{% macro separated_as_one(separated) %}
select distinct line
from {{ separated }}
where is_one
order by line
{% endmacro %}

{#- Grain: no row, in the form of the identities that are over a limit. -#}
{% macro none_over_limit() %}
select
    cast(null as bigint) as identity_id,
    cast(null as bigint[]) as kept
where false
{% endmacro %}

{#- Grain: an identity that is over a limit, and the keys that it links. -#}
{% macro add_over_limit(relation, identity_id, kept) %}
insert into {{ relation }}
select
    {{ identity_id }},
    cast({{ kept }} as bigint[])
{% endmacro %}
