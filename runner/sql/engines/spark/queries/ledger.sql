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

{#- Grain: one row per main file of a goal, with its last content. -#}
{% macro main_files(goal) %}
with numbered as (
    select
        path,
        sha256,
        row_number() over (
            partition by path
            order by file_id desc
        ) as place
    from runner.files
    where
        goal = {{ goal }}
        and is_main
)

select
    path,
    sha256
from numbered
where place = 1
{% endmacro %}

{#-
    Grain: one row per file of the last build before `first_id` that
    imported of a source.
-#}
{% macro last_headers(goal, first_id) %}
with known as (
    select
        source,
        header,
        file_id,
        build_id,
        last_value(build_id) over (
            partition by source
            order by file_id
            rows between unbounded preceding and unbounded following
        ) as last_build_id
    from runner.files
    where
        goal = {{ goal }}
        and header <> '[]'
        and file_id < {{ first_id }}
)

select
    source,
    header
from known
where build_id = last_build_id
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
