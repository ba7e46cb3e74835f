{#- builds: one row per build, the newest last. -#}

{% macro add() %}
insert into builds (
    build_id, target, command, started_at, warehouse, finished_at, status,
    seconds, profiles, published, reason
)
values (
    :build_id, :target, :command, :started_at, :warehouse, :finished_at,
    :status, :seconds, :profiles, :published, :reason
)
{% endmacro %}

{#- One build runs at a time per target (B4): what still runs was killed. -#}
{% macro end_killed() %}
update builds
set
    status = 'error',
    reason = :reason
where target = :target and status = 'running'
{% endmacro %}

{% macro finish() %}
update builds
set
    finished_at = :finished_at,
    status = :status,
    seconds = :seconds,
    profiles = :profiles,
    published = :published,
    reason = :reason
where build_id = :build_id
{% endmacro %}

{#- Grain: one row. -#}
{% macro one() %}
select *
from builds
where build_id = :build_id
{% endmacro %}

{#- Grain: one row. -#}
{% macro greatest_id() %}
select coalesce(max(build_id), '') as build_id
from builds
{% endmacro %}

{#- Grain: one row per build, the newest first, whatever the clock said. -#}
{% macro list() %}
select *
from builds
where :target is null or target = :target
order by rowid desc
limit :limit
{% endmacro %}

{#- Grain: one row per build whose id begins so. -#}
{% macro ids() %}
select build_id
from builds
where substr(build_id, 1, length(:beginning)) = :beginning
order by build_id
{% endmacro %}

{#- Grain: one row per build that made the warehouse again. -#}
{% macro refreshes() %}
select build_id
from builds
where
    target = :target
    and (
        command like '% --full-refresh'
        or command like 'runner undo %'
    )
{% endmacro %}
