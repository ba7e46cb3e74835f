{#- The tables of the history. -#}

{#- Times are ISO 8601 text in UTC, so that they sort as they are. -#}
{% macro tables() %}
create table if not exists builds (
    build_id text primary key,
    target text not null,
    command text not null,
    started_at text not null,
    -- Its warehouse, whose lock it holds while it runs.
    warehouse text not null default '',
    finished_at text,
    status text not null check (status in ('running', 'success', 'error')),
    seconds real not null,
    profiles integer not null,
    published integer not null,
    -- Why it failed; empty where it did not.
    reason text not null default ''
);
create table if not exists nodes (
    node_id integer primary key,
    build_id text not null references builds (build_id),
    name text not null,
    kind text not null,
    status text not null,
    seconds real not null,
    message text not null,
    location text not null,
    rows integer not null,
    profiles_created integer not null,
    profiles_updated integer not null,
    profiles_unchanged integer not null,
    rejects integer not null,
    members integer not null,
    exit_code integer not null default 0
);
create table if not exists definitions (
    build_id text not null references builds (build_id),
    goal text not null,
    fingerprint text not null,
    primary key (build_id, goal)
);
create table if not exists outcomes (
    node_id integer not null references nodes (node_id),
    outcome text not null,
    rows integer not null,
    primary key (node_id, outcome)
);
create table if not exists files (
    file_id integer primary key,
    build_id text not null references builds (build_id),
    goal text not null,
    source text not null,
    path text not null,
    sha256 text not null,
    size integer not null,
    modified_at text not null,
    lines integer not null,
    records integer not null,
    blank integer not null,
    rejected integer not null,
    header integer not null
);
create table if not exists exports (
    export_id integer primary key,
    build_id text not null references builds (build_id),
    goal text not null,
    path text not null,
    rows integer not null,
    size integer not null,
    sha256 text not null
);
create table if not exists progress (
    build_id text primary key,
    phase text not null,
    name text not null,
    message text not null,
    done integer not null,
    total integer not null,
    unit text not null,
    told_at text not null
);
create table if not exists outages (
    target text not null,
    connection text not null,
    fault text not null,
    since text not null,
    primary key (target, connection, fault)
);
create index if not exists nodes_of_build on nodes (build_id);
create index if not exists files_of_build on files (build_id);
create index if not exists exports_of_build on exports (build_id);
pragma user_version = 7;
{% endmacro %}

{#- Before version 4 `location` was called `place`. -#}
{% macro rename_place() %}
alter table nodes rename column place to location;
{% endmacro %}

{#- Before version 5 a node had no exit code. -#}
{% macro add_exit_code() %}
alter table nodes add column exit_code integer not null default 0;
{% endmacro %}

{#- Before version 6 a build did not say which warehouse it made. -#}
{% macro add_warehouse() %}
alter table builds add column warehouse text not null default '';
{% endmacro %}

{#- Before version 7 a build did not say why it failed. -#}
{% macro add_reason() %}
alter table builds add column reason text not null default '';
{% endmacro %}
