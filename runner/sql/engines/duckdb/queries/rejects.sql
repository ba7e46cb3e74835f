{#- runner.rejects: lines and values that were set aside. -#}

{#- Grain: one row more per line of the file of rejects. -#}
{% macro add_lines(goal, build_id, file, path) %}
insert into runner.rejects
select
    {{ goal }},
    {{ build_id }},
    {{ file }},
    line,
    column_name,
    null,
    reason,
    raw,
    column_number,
    byte_offset
from read_csv(
    {{ path }},
    header = true,
    auto_detect = false,
    delim = ',',
    quote = '"',
    escape = '"',
    columns = {
        'line': 'bigint',
        'column_number': 'bigint',
        'column_name': 'varchar',
        'reason': 'varchar',
        'raw': 'varchar',
        'byte_offset': 'bigint'
    }
)
{% endmacro %}

{#-
    Grain: one row per line or value, of a build, of all, or of the last
    import of each file.
-#}
{% macro list(goals, build_id=none, is_all=false, most=none) %}
with last_imports as (
    select
        goal,
        path,
        max_by(build_id, file_id) as build_id
    from runner.files
    group by all
)

select
    rejects.goal,
    rejects.file,
    rejects.line,
    rejects.column_name,
    rejects.column_number,
    rejects.byte_offset,
    rejects.property,
    rejects.reason,
    rejects.value,
    rejects.build_id
from runner.rejects as rejects
left join last_imports
    on rejects.goal = last_imports.goal
    and rejects.file = last_imports.path
where
    rejects.goal in {{ goals | items }}
{% if build_id is not none %}
    and rejects.build_id = {{ build_id }}
{% elif not is_all %}
    and rejects.build_id = coalesce(last_imports.build_id, rejects.build_id)
{% endif %}
order by all
limit {{ most }}
{% endmacro %}

{#- Grain: one row per goal, file, reason and property. -#}
{% macro counts(goals, build_id=none, is_all=false) %}
select
    goal,
    file,
    reason,
    property,
    count(*) as reject_count,
    min(line) as first_line
from (
{{ list(goals, build_id, is_all) }}
)
group by all
order by all
{% endmacro %}

{#- Grain: one row: the rejects of a goal in a build. -#}
{% macro number(goal, build_id) %}
select count(*)
from runner.rejects
where
    goal = {{ goal }}
    and build_id = {{ build_id }}
{% endmacro %}

{#-
    Grain: one row per file of a build with lines that its encoding cannot
    read.
-#}
{% macro undecoded_lines(goal, build_id) %}
select
    file,
    count(distinct line) as line_count
from runner.rejects
where
    goal = {{ goal }}
    and build_id = {{ build_id }}
    and reason = 'bad_byte'
group by file
{% endmacro %}

{#- Grain: one row per identifier with values that a spreadsheet damaged. -#}
{% macro damaged_values(goal, build_id) %}
select
    property,
    count(*) as line_count
from runner.rejects
where
    goal = {{ goal }}
    and build_id = {{ build_id }}
    and reason in ('spreadsheet error', 'number in exponent form')
group by property
order by property
{% endmacro %}

{#- Grain: one row: values of a property that were read, and that were not. -#}
{% macro unread_values(rows, column, rejected, condition) %}
select
    count({{ column }}),
    count({{ rejected }})
from {{ rows }}
where {{ condition }}
{% endmacro %}
