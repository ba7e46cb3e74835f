{#-
    runner.files, goals, rows: what was imported. Columns that are read here
    are in each table: no older runner made a warehouse of Spark.
-#}

{#- Grain: one row per import of a file, in the order of imports. -#}
{% macro files() %}
select
    goal,
    source,
    path,
    size,
    modified_at,
    sha256,
    fingerprint,
    build_id,
    is_main,
    file_id,
    coalesce(rejected_count > 0 and record_count = 0, false) as is_set_aside,
    coalesce(is_retried, false) as is_retried
from runner.files
order by file_id
{% endmacro %}

{#- Grain: one row per goal. -#}
{% macro goals() %}
select
    goal,
    fingerprint,
    parts
from runner.goals
{% endmacro %}
