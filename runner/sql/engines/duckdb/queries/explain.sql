{#- What the ledger has of one profile. -#}

{#- Grain: one row per row of a file that was applied to a profile. -#}
{% macro rows(profile_id) %}
select
    goal,
    row_hash,
    origin
from runner.rows
where profile_id = {{ profile_id }}
order by origin
{% endmacro %}

{#-
    Grain: one row per row of a profile that nothing replaced, of the goals
    whose lines may be replaced.
-#}
{% macro counted_rows(profile_id) %}
select
    counted.goal,
    counted.row_hash
from runner.keys as counted
semi join (
    select
        goal,
        row_hash
    from runner.rows
    where profile_id = {{ profile_id }}
) as own
    on counted.goal = own.goal
    and counted.row_hash = own.row_hash
{% endmacro %}

{#-
    Grain: one row per summed line that counts for a profile: of the lines of
    main files that it is joined to, the macro `first_of_line` names the one.
-#}
{% macro sums(profile_id) %}
with

own as (

    select *
    from runner.sums
    where profile_id = {{ profile_id }}

),

mains as (

    select distinct
        goal,
        source
    from runner.files
    where is_main

),

{# A line of a main file is of one profile. #}
shared as (

    select own.*
    from own
    anti join mains
        on own.goal = mains.goal
        and contains('+' || own.sources || '+', '+' || mains.source || '+')

),

{# Few lines are of others too: of the whole table, only hashes are read. #}
of_others as (

    select sums.rowid as row_number
    from runner.sums as sums
    where
        sums.line_hash in (select shared.line_hash from shared)
        and sums.profile_id != {{ profile_id }}

),

candidates as (

    select *
    from own
    union all by name
    select *
    from runner.sums
    where rowid in (select of_others.row_number from of_others)

),

counted as (

    select candidates.*
    from candidates
    left join runner.files as files
        on candidates.origin // 4294967296 = files.file_id
    qualify row_number() over (
        partition by
            candidates.goal,
            candidates.sources,
            candidates.line_hash
        order by
            files.modified_at desc,
            files.path desc,
            candidates.origin,
            candidates.anchor_hash
    ) = 1

)

select
    goal,
    sources,
    line_hash,
    properties,
    amounts,
    origin
from counted
where profile_id = {{ profile_id }}
order by origin
{% endmacro %}

{#- Grain: one row per line that retracted what another gave to a profile. -#}
{% macro retractions(profile_id) %}
select
    goal,
    origin
from runner.retractions
where profile_id = {{ profile_id }}
order by origin
{% endmacro %}

{#- Grain: one row per import of a file by some goals. -#}
{% macro files(goals) %}
select
    file_id,
    goal,
    source,
    path,
    size,
    modified_at,
    sha256,
    build_id,
    is_main,
    header
from runner.files
where goal in {{ goals | items }}
order by file_id
{% endmacro %}

{#- Grain: one row per value on one of these lines that could not be read. -#}
{% macro rejects(goals, lines) %}
select
    goal,
    file,
    line,
    property,
    reason
from runner.rejects
where
    goal in {{ goals | items }}
    and line in {{ lines | items }}
    and property is not null
{% endmacro %}

{#- Grain: one row per row of a profile that waits for its consent. -#}
{% macro pending_rows(profile_id) %}
select
    pending.goal,
    files.path,
    pending.origin % 4294967296 as line,
    files.build_id,
    pending.reason
from runner.pending_rows as pending
inner join runner.files as files
    on pending.origin // 4294967296 = files.file_id
where
    pending.profile_id = {{ profile_id }}
    and pending.outcome = 'no_consent'
order by pending.origin
{% endmacro %}

{#- Grain: one row per profile that was merged into a profile. -#}
{% macro merges(profile_id) %}
select
    cast(alias_id as string) as alias_id,
    goal,
    build_id
from runner.aliases
where
    relation = 'main.profiles'
    and profile_id = {{ profile_id }}
order by
    build_id,
    alias_id
{% endmacro %}
