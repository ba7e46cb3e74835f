{#-
    The schema of a warehouse. `tables` makes what is not there, and adds
    the columns that tables of older versions of runner lack; what they
    called otherwise is renamed before, by `to_format_<n>`.
-#}

{% macro tables(version, made_by) %}
create schema if not exists runner;
create schema if not exists segments;
create table if not exists main.profiles (
    profile_id uuid not null,
    created_at timestamp,
    updated_at timestamp
);
create table if not exists main.profile_groups (
    profile_id uuid not null,
    group_type varchar not null,
    property varchar not null,
    identifier varchar not null,
    group_id uuid
);
create table if not exists main.segment_members (
    segment varchar not null,
    profile_id uuid not null
);
create table if not exists runner.files (
    file_id bigint not null,
    goal varchar not null,
    source varchar not null,
    path varchar not null,
    size bigint not null,
    modified_at timestamp not null,
    sha256 varchar not null,
    fingerprint varchar not null,
    build_id varchar not null,
    is_main boolean not null,
    line_count bigint,
    rejected_count bigint,
    blank_count bigint,
    header varchar,
    record_count bigint,
    is_retried boolean
);
alter table runner.files add column if not exists header varchar;
alter table runner.files add column if not exists record_count bigint;
alter table runner.files add column if not exists is_retried boolean;
create table if not exists runner.returning (
    goal varchar not null,
    source varchar not null,
    path varchar not null,
    size bigint not null,
    modified_at timestamp not null,
    sha256 varchar not null
);
create table if not exists runner.undone (
    goal varchar not null,
    source varchar not null,
    path varchar not null,
    size bigint not null,
    modified_at timestamp not null,
    sha256 varchar not null,
    build_id varchar not null
);
create table if not exists runner.rows (
    goal varchar not null,
    row_hash uhugeint not null,
    profile_id uuid not null,
    origin bigint not null,
    event_profile_id uuid
);
create table if not exists runner.sums (
    goal varchar not null,
    sources varchar not null,
    line_hash uhugeint not null,
    anchor_hash uhugeint,
    profile_id uuid not null,
    properties varchar not null,
    amounts decimal(38, 10)[] not null,
    origin bigint not null
);
create table if not exists runner.additions (
    goal varchar not null,
    property varchar not null,
    profile_id uuid not null,
    row_hash uhugeint,
    items varchar[] not null
);
create table if not exists runner.latest (
    goal varchar not null,
    property varchar not null,
    profile_id uuid not null,
    latest decimal(38, 10) not null
);
create table if not exists runner.retractions (
    goal varchar not null,
    profile_id uuid not null,
    origin bigint not null
);
create table if not exists runner.keys (
    goal varchar not null,
    key_hash uhugeint not null,
    row_hash uhugeint not null
);
create table if not exists runner.identifiers (
    identifier varchar not null,
    value varchar not null,
    profile_id uuid not null
);
create table if not exists runner.rejects (
    goal varchar not null,
    build_id varchar not null,
    file varchar,
    line bigint,
    column_name varchar,
    property varchar,
    reason varchar,
    value varchar,
    column_number bigint,
    byte_offset bigint
);
alter table runner.rejects add column if not exists column_number bigint;
alter table runner.rejects add column if not exists byte_offset bigint;
create table if not exists runner.events (
    goal varchar not null,
    type varchar not null,
    event_id varchar not null,
    origin bigint not null
);
create table if not exists runner.aliases (
    relation varchar not null,
    alias_id uuid not null,
    profile_id uuid not null,
    goal varchar not null,
    build_id varchar not null
);
create table if not exists runner.shared (
    identifier varchar not null,
    value varchar not null,
    customer uuid not null
);
create table if not exists runner.conflicts (
    goal varchar not null,
    build_id varchar not null,
    file varchar,
    line bigint,
    row_hash uhugeint not null,
    identifiers struct(
        identifier varchar,
        "value" varchar,
        profile_id uuid
    )[] not null,
    profiles uuid[] not null
);
create table if not exists runner.event_lineage (
    goal varchar not null,
    type varchar not null,
    event_id varchar not null,
    nested varchar not null,
    item varchar not null,
    key_hash uhugeint not null
);
create table if not exists runner.goals (
    goal varchar not null,
    fingerprint varchar not null,
    parts varchar
);
alter table runner.goals add column if not exists parts varchar;
create table if not exists runner.models (
    model varchar not null,
    parts varchar not null
);
create table if not exists runner.consent (
    goal varchar not null,
    profile_id uuid not null,
    objective varchar not null,
    consented boolean not null,
    stated_at timestamp not null,
    origin bigint not null,
    confirmed_at timestamp not null,
    confirmed_origin bigint not null,
    line_hash uhugeint,
    confirmed_hash uhugeint
);
alter table runner.consent add column if not exists line_hash uhugeint;
alter table runner.consent add column if not exists confirmed_hash uhugeint;
create table if not exists runner.refusals (
    identifier varchar not null,
    value_hash varchar not null,
    profile_id uuid not null,
    origin bigint not null
);
create table if not exists runner.joint_consent (
    profile_id uuid not null,
    customer_id uuid not null
);
create table if not exists main.products (
    product_id varchar not null,
    times_ordered bigint not null,
    last_ordered_at timestamp
);
create table if not exists runner.product_feed (
    goal varchar not null,
    id varchar not null,
    origin bigint not null
);
create table if not exists runner.suppressed (
    identifier varchar not null,
    value_hash varchar not null,
    reason varchar not null,
    receipt_id varchar not null,
    suppressed_at timestamp not null
);
create table if not exists runner.left_out_rows (
    goal varchar not null,
    outcome varchar not null,
    origin bigint not null
);
create table if not exists runner.pending_rows (
    goal varchar not null,
    outcome varchar not null,
    origin bigint not null,
    profile_id uuid,
    reason varchar,
    identifier varchar,
    value_hash varchar
);
create table if not exists runner.imported (
    connection varchar not null,
    profile_id uuid not null
);
create or replace table runner.format as
select
    cast({{ version }} as integer) as version,
    cast(null as string) as declared_hash;
comment on table main.profiles is 'One row per customer';
comment on column main.profiles.profile_id
is 'Made from the first identifier: the same on every rebuild';
comment on column main.profiles.created_at
is 'When the file was written that first named the customer (UTC)';
comment on column main.profiles.updated_at
is 'When the file was written that last changed a value (UTC)';
comment on table main.segment_members is 'One row per segment and member';
comment on column main.segment_members.segment is 'Name of the segment';
comment on column main.segment_members.profile_id is 'A profile in the segment';
comment on table runner.files is 'One row per import of a file by a goal';
comment on table runner.rows
is 'One row per content hash that a goal applied; origin is the file id times 2^32, plus the line';
comment on table main.profile_groups
is 'One row per profile, property and group that it names';
comment on table runner.returning
is 'One row per main file that the next build imports again';
comment on table runner.undone
is 'One row per undone file: it is not imported any more';
comment on table runner.sums is 'One row per line with summed properties';
comment on table runner.additions
is 'One row per profile and property that a goal added values to; per row, where something can replace its line';
comment on table runner.retractions
is 'One row per profile and line that retracted what an earlier line gave to it';
comment on table runner.latest
is 'One row per goal, profile and property with `latest_by`: what the row that set it is ordered by';
comment on table runner.keys
is 'One row per row that a line of the main file gives now';
comment on table runner.identifiers
is 'One row per identifier value, with the profile it finds';
comment on table runner.rejects
is 'One row per line or value that was set aside';
comment on table runner.events is 'One row per event and goal that made it';
comment on table runner.aliases
is 'One row per profile, or group, that became part of another';
comment on table runner.shared
is 'One row per value of an identifier with max_matches and customer that shares it, the first left out';
comment on table runner.conflicts
is 'One row per row that leads to several profiles and was not applied';
create or replace view main.profile_aliases as
select
    alias_id,
    profile_id
from runner.aliases
where relation = 'main.profiles';
comment on view main.profile_aliases
is 'One row per id that a customer had before profiles were merged';
comment on column main.profile_aliases.alias_id
is 'An id that is no longer in profiles';
comment on column main.profile_aliases.profile_id
is 'The profile that it became part of';
comment on table runner.event_lineage
is 'One row per event or item of it, and key of a line that it was made from';
comment on table runner.goals
is 'One row per import goal, with the fingerprint of its last import';
comment on table runner.models
is 'One row per model or segment, with hashes of what it was when it was last built';
comment on table runner.consent
is 'One row per goal, profile, objective, statement and line that says so';
comment on table runner.refusals
is 'One row per identifier value of a person without a profile who refused, as a hash';
comment on table runner.joint_consent
is 'One row per profile, or person without one, that is of one customer with others';
comment on table main.products is 'One row per product';
comment on column main.products.product_id is 'Id of the product';
comment on column main.products.times_ordered is 'Events that hold the product';
comment on column main.products.last_ordered_at
is 'Time of the last of them (UTC)';
comment on table runner.product_feed
is 'One row per product and goal that imported it';
comment on table runner.suppressed
is 'One row per identifier value that is not imported, as a salted hash';
comment on table runner.left_out_rows
is 'One row per row of the last import of a goal that was not applied, and is not pending';
comment on table runner.pending_rows
is 'One row per row that is applied once its person may be imported, consents, or has a profile';
comment on table runner.imported
is 'One row per connection and profile that it imported, where runner.rows no longer has it';
{% set comment = 'One row: the form of these tables; made by ' ~ made_by %}
comment on table runner.format is {{ comment }};
{% endmacro %}

{#- Names that say what they hold: `told` and `told_profile_id` did not. -#}
{% macro to_format_2() %}
alter table if exists runner.told rename to event_lineage;
alter table runner.rows add column if not exists told_profile_id uuid;
alter table runner.rows rename column told_profile_id to event_profile_id;
create or replace table runner.format as
select 2 as version;
{% endmacro %}
