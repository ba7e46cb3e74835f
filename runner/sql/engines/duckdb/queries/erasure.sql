{#-
    Persons looked up and erased: of staged files, of every table, of
    exports.
-#}

{#- The values that are looked up, and hashes of values. -#}
{% macro sought_tables() %}
create or replace temp table sought (
    number bigint,
    identifier varchar,
    value varchar
);
create or replace temp table sought_hashes (
    number bigint,
    identifier varchar,
    value varchar
);
{% endmacro %}

{#- Grain: one row per value that is looked up and profile that has it. -#}
{% macro found_profiles(address) %}
select
    sought.number,
    cast(identifiers.profile_id as string) as profile_id
from sought
inner join runner.identifiers as identifiers
    on sought.value = {{ address }}
    and sought.identifier = identifiers.identifier
union
select
    sought.number,
    cast(profiles.profile_id as string) as profile_id
from sought
inner join main.profiles as profiles
    on sought.value = cast(profiles.profile_id as string)
where sought.identifier = 'profile_id'
{% endmacro %}

{#-
    Grain: one row per value that is looked up and profile with it in a
    column.
-#}
{% macro found_by_property(column, address) %}
select
    sought.number,
    cast(profiles.profile_id as string) as profile_id
from sought
inner join main.profiles as profiles
    on sought.value = {{ address }}
where sought.identifier = {{ column }}
{% endmacro %}

{#-
    Grain: one row per salted hash that is looked up and profile that has a
    value of it.
-#}
{% macro found_by_hash(value_hash) %}
with

held as (

    select
        identifier,
        value,
        profile_id
    from runner.identifiers
    where identifier in (select identifier from sought_hashes)
    union all
    select
        'profile_id' as identifier,
        cast(profile_id as string) as value,
        profile_id
    from main.profiles

),

{#- Hashed before the join: Spark refuses what a session holds as a key. -#}
hashed as (

    select
        held.identifier,
        held.profile_id,
        {{ value_hash }} as value_hash
    from held

)

select
    sought_hashes.number,
    cast(hashed.profile_id as string) as profile_id
from hashed
inner join sought_hashes
    on hashed.identifier = sought_hashes.identifier
    and hashed.value_hash = sought_hashes.value
{% endmacro %}

{#-
    Grain: one row per id that is looked up and profile that it became part
    of.
-#}
{% macro found_aliases() %}
select
    sought.number,
    cast(aliases.profile_id as string) as profile_id
from sought
inner join runner.aliases as aliases
    on sought.value = cast(aliases.alias_id as string)
where sought.identifier = 'profile_id'
{% endmacro %}

{#-
    The persons who are erased: their profiles, staged lines and identifier
    values.
-#}
{% macro tables() %}
create temp table forgotten (
    profile_id uuid
);
create temp table forgotten_lines (
    sha256 varchar,
    line bigint
);
create temp table forgotten_values (
    identifier varchar,
    value varchar
);
create temp table forgotten_groups (
    group_id uuid
);
create temp table group_lines (
    sha256 varchar,
    line bigint
);
{% endmacro %}

{#-
    Grain: one row per staged line that gave a row to a profile that is
    erased.
-#}
{% macro profile_lines() %}
select
    files.sha256,
    rows_read.origin % 4294967296 as line
from runner.rows as rows_read
inner join runner.files as files
    on rows_read.origin // 4294967296 = files.file_id
where
    rows_read.profile_id in (
        select profile_id
        from forgotten
    )
union
select
    files.sha256,
    sums.origin % 4294967296 as line
from runner.sums as sums
inner join runner.files as files
    on sums.origin // 4294967296 = files.file_id
where
    sums.profile_id in (
        select profile_id
        from forgotten
    )
{% endmacro %}

{#- Grain: one row more per group with a value of one of the persons. -#}
{% macro add_groups(relation, matches) %}
insert into forgotten_groups
select held.group_id
from {{ relation }} as held
where {{ matches }}
{% endmacro %}

{#-
    Grain: one row more per group that a line of the persons, or one which
    names them, gave something to. `goals` import groups.
-#}
{% macro add_groups_of_lines(goals) %}
insert into forgotten_groups
select rows_read.profile_id
from runner.rows as rows_read
inner join runner.files as files
    on rows_read.origin // 4294967296 = files.file_id
where
    files.goal in {{ goals | items }}
    and (files.sha256, rows_read.origin % 4294967296) in (
        select
            sha256,
            line
        from group_lines
        union all
        select
            sha256,
            line
        from forgotten_lines
    )
{% endmacro %}

{#-
    Grain: the main files of groups that are erased are imported again: their
    other lines make the groups.
-#}
{% macro return_files_of_groups() %}
insert into runner.returning
select
    files.goal,
    files.source,
    files.path,
    files.size,
    files.modified_at,
    files.sha256
from runner.files as files
where
    files.is_main
    and (files.goal, files.path) in (
        select
            own.goal,
            own.path
        from runner.rows as rows_read
        inner join runner.files as own
            on rows_read.origin // 4294967296 = own.file_id
        semi join forgotten_groups
            on rows_read.profile_id = forgotten_groups.group_id
    )
    and (files.goal, files.path) not in (
        select
            waiting.goal,
            waiting.path
        from runner.returning as waiting
    )
qualify row_number() over (
    partition by
        files.goal,
        files.path
    order by files.file_id desc
) = 1;
insert into forgotten
select distinct group_id
from forgotten_groups
{% endmacro %}

{#- Grain: groups that name one of the persons are gone. -#}
{% macro delete_groups(relation) %}
delete from {{ relation }}
where
    group_id in (
        select forgotten_groups.group_id
        from forgotten_groups
    )
{% endmacro %}

{#- Grain: one row: how many rows have a value of one of the persons. -#}
{% macro count_matches(relation, matches) %}
select count(*)
from {{ relation }} as held
where {{ matches }}
{% endmacro %}

{#- Grain: rows with a value of one of the persons are gone. -#}
{% macro delete_matches(relation, matches) %}
delete from {{ relation }} as held
where {{ matches }}
{% endmacro %}

{#- Grain: rows of runner about events of the persons are gone. -#}
{% macro delete_event_rows(relation, events, type) %}
delete from {{ relation }}
where
    type = {{ type }}
    and event_id in (
        select event_id
        from {{ events }}
        where
            profile_id in (
                select profile_id
                from forgotten
            )
    )
{% endmacro %}

{#- Grain: keys of lines of the persons are gone. -#}
{% macro delete_keys() %}
delete from runner.keys
where
    (goal, row_hash) in (
        select
            rows_read.goal,
            rows_read.row_hash
        from runner.rows as rows_read
        where
            rows_read.profile_id in (
                select profile_id
                from forgotten
            )
    )
{% endmacro %}

{#- Grain: rejects of lines of the persons, or with a value of one, are gone. -#}
{% macro delete_rejects(matches) %}
delete from runner.rejects
where
    {{ matches }}
    or (goal, build_id, file, line) in (
        select
            files.goal,
            files.build_id,
            files.path,
            forgotten_lines.line
        from forgotten_lines
        inner join runner.files as files
            on forgotten_lines.sha256 = files.sha256
    )
{% endmacro %}

{#- What `erasure/line_owners.sql` finds of staged files, and those files. -#}
{% macro line_owner_tables() %}
create temp table line_owners (
    file_id bigint,
    line bigint,
    owner varchar
);
create temp table listed_values (
    identifier varchar,
    value varchar
);
create temp table searched_files (
    file_id bigint,
    sha256 varchar,
    source varchar
);
{% endmacro %}

{#- Grain: one row per suppressed value in the files that were read. -#}
{% macro listed_values() %}
select distinct
    identifier,
    value
from listed_values
order by all
{% endmacro %}

{#- Grain: one row per staged line of the persons. -#}
{% macro person_lines() %}
select
    files.sha256,
    line_owners.line
from line_owners
inner join searched_files as files
    on line_owners.file_id = files.file_id
group by all
having
    bool_or(line_owners.owner = 'own')
    or (
        bool_or(line_owners.owner in ('candidate', 'mention'))
        and not bool_or(line_owners.owner = 'other')
    )
order by all
{% endmacro %}

{#- Grain: one row per main line of a group that is tied to the persons. -#}
{% macro lines_of_groups() %}
select distinct
    files.sha256,
    line_owners.line
from line_owners
inner join searched_files as files
    on line_owners.file_id = files.file_id
where line_owners.owner = 'group'
order by all
{% endmacro %}

{#-
    Grain: one row per staged line that mentions the persons and stays: it gave
    something to someone else.
-#}
{% macro mentioning_lines() %}
select
    files.sha256,
    line_owners.line
from line_owners
inner join searched_files as files
    on line_owners.file_id = files.file_id
group by all
having
    bool_or(line_owners.owner = 'mention')
    and bool_or(line_owners.owner = 'other')
    and not bool_or(line_owners.owner = 'own')
order by all
{% endmacro %}

{#- Grain: one row: how many of the persons are in files of ids. -#}
{% macro count_exported(rows) %}
select count(distinct sent.profile_id)
from {{ rows }} as sent
semi join forgotten
    on sent.profile_id = forgotten.profile_id
{% endmacro %}

{#- Grain: one row per id of a file, less those of the persons. -#}
{% macro ids_without_profiles(rows) %}
select profile_id
from {{ rows }}
where profile_id not in (select forgotten.profile_id from forgotten)
order by profile_id
{% endmacro %}
