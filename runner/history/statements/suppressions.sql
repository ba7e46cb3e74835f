-- Times are ISO 8601 text in UTC.
create table if not exists salt (
    only_one integer primary key check (only_one = 1),
    salt text not null
);
create table if not exists suppressed (
    identifier text not null,
    value_hash text not null,
    person text not null,
    reason text not null check (reason in ('forget', 'suppress')),
    receipt_id text not null,
    suppressed_at text not null,
    primary key (identifier, value_hash)
);
