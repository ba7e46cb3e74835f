{#- runner.files: what was imported. -#}

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
    imported of a source. Brackets alone are a header without columns.
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
        and length(header) > 2
        and file_id < {{ first_id }}
)

select
    source,
    header
from known
where build_id = last_build_id
order by file_id
{% endmacro %}

{#-
    Grain: one row per new version of a file of a chained `delta` source, with
    the lines that only earlier versions have (F9).
-#}
{% macro vanished_joined_lines(goal, build_id, source, lines) %}
with

files as (

    select
        file_id,
        path,
        sha256,
        max(file_id) over (partition by path) as last_id
    from runner.files
    where
        goal = {{ goal }}
        and build_id = {{ build_id }}
        and source = {{ source }}

),

lines_read as (

    select distinct
        files.path,
        files.file_id = files.last_id as is_last,
        lines.line_hash
    from {{ lines }} as lines
    inner join files
        on {{ file_of(line_origin('lines')) }}
        = files.file_id

)

select
    files.path,
    count(distinct lines_read.line_hash) as vanished
from files
inner join lines_read
    on files.path = lines_read.path
where
    files.file_id = files.last_id
    and not lines_read.is_last
    and not exists (
        select 1
        from runner.files as earlier
        where
            earlier.goal = {{ goal }}
            and earlier.path = files.path
            and earlier.sha256 = files.sha256
            and earlier.build_id != {{ build_id }}
    )
    and not exists (
        select 1
        from lines_read as kept
        where
            kept.path = lines_read.path
            and kept.is_last
            and kept.line_hash = lines_read.line_hash
    )
group by files.path
order by files.path
{% endmacro %}
