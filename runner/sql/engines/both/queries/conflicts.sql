{#- runner.conflicts: rows that were not applied. -#}

{#- Grain: one row per row that was not applied. -#}
{% macro list(goals, most=none) %}
select
    goal,
    file,
    line,
    identifiers,
    cast(profiles as {{ list_type('string') }}) as profiles,
    build_id
from runner.conflicts
where goal in {{ goals | items }}
order by
    goal,
    file,
    line,
    row_hash
{% if most is not none %}
limit {{ most }}
{% endif %}
{% endmacro %}

{#- Grain: rows of a batch are gone, and those of its files. -#}
{% macro delete(goal, rows, build_id) %}
delete from runner.conflicts
where
    goal = {{ goal }}
    and (
        row_hash in (select row_hash from {{ rows }})
        or file in (
            select path
            from runner.files
            where
                goal = {{ goal }}
                and build_id = {{ build_id }}
        )
    )
{% endmacro %}
