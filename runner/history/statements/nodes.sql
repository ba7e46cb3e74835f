{#- nodes, outcomes and definitions: what became of each node of a build. -#}

{% macro add() %}
insert into nodes (
    build_id, name, kind, status, seconds, message, location, rows,
    profiles_created, profiles_updated, profiles_unchanged, rejects, members,
    exit_code
)
values (
    :build_id, :name, :kind, :status, :seconds, :message, :location, :rows,
    :profiles_created, :profiles_updated, :profiles_unchanged, :rejects,
    :members, :exit_code
)
{% endmacro %}

{% macro add_outcome() %}
insert into outcomes (node_id, outcome, rows)
values (:node_id, :outcome, :rows)
{% endmacro %}

{% macro add_definition() %}
insert into definitions (build_id, goal, fingerprint)
values (:build_id, :name, :fingerprint)
{% endmacro %}

{#- Grain: one row per node of a build. -#}
{% macro of_build() %}
select
    nodes.*,
    coalesce(definitions.fingerprint, '') as fingerprint
from nodes
left join definitions
    on nodes.build_id = definitions.build_id and nodes.name = definitions.goal
where nodes.build_id = :build_id
order by nodes.node_id
{% endmacro %}

{#- Grain: one row per node and outcome of its rows. -#}
{% macro outcomes() %}
select
    outcomes.node_id,
    outcomes.outcome,
    outcomes.rows
from outcomes
inner join nodes on outcomes.node_id = nodes.node_id
where nodes.build_id = :build_id
order by outcomes.rowid
{% endmacro %}

{#- Grain: one row per build and goal. -#}
{% macro definitions() %}
select
    definitions.build_id,
    definitions.goal,
    definitions.fingerprint
from definitions
inner join builds on definitions.build_id = builds.build_id
where builds.target = :target
{% endmacro %}

{#- Grain: one row per file that a published build undid. -#}
{% macro undone_files() %}
select nodes.build_id, nodes.name, nodes.message
from nodes
inner join builds on nodes.build_id = builds.build_id
where nodes.kind = 'undo' and builds.target = :target and builds.published = 1
order by nodes.node_id
{% endmacro %}
