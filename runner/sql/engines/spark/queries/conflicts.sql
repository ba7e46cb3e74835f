{#- runner.conflicts: what Spark does otherwise; its ids are texts. -#}

{#- Grain: one row per row that was not applied. -#}
{% macro list(goals, most=none) %}
select
    goal,
    file,
    line,
    identifiers,
    profiles,
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
