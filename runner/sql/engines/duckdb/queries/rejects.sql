{#- runner.rejects: lines and values that were set aside. -#}

{#- Grain: one row more per line of the file of rejects. -#}
{% macro add_lines(goal, build_id, file, path) %}
insert into runner.rejects by name
{{ lines_of(goal, build_id, file, path) }}
{% endmacro %}

{#- Grain: one row per line of the file of rejects. -#}
{% macro lines_of(goal, build_id, file, path) %}
select
    {{ goal }} as goal,
    {{ build_id }} as build_id,
    {{ file }} as file,
    line,
    column_name,
    reason,
    raw as value,
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
    group by
        goal,
        path
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
order by
    rejects.goal,
    rejects.file,
    rejects.line,
    rejects.column_name nulls last,
    rejects.column_number nulls last,
    rejects.byte_offset nulls last,
    rejects.property nulls last,
    rejects.reason,
    rejects.value nulls last,
    rejects.build_id
{% if most is not none %}
limit {{ most }}
{% endif %}
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
) as listed
group by
    goal,
    file,
    reason,
    property
order by
    goal,
    file,
    reason,
    property nulls last
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

{#-
    Grain: one row per header of a source whose files have rejects, where
    later files came.
-#}
{% macro sources_with_later_files(goals) %}
with imports as (
    select
        goal,
        source,
        path,
        max(file_id) as file_id,
        max_by(build_id, file_id) as build_id,
        max_by(header, file_id) as header
    from runner.files
    where
        goal in {{ goals | items }}
    group by
        goal,
        source,
        path
),

rejected as (
    select distinct imports.*
    from imports
    inner join runner.rejects as rejects
        on imports.goal = rejects.goal
        and imports.path = rejects.file
        and imports.build_id = rejects.build_id
)

select distinct
    rejected.goal,
    rejected.source,
    rejected.header
from rejected
inner join imports
    on rejected.goal = imports.goal
    and rejected.source = imports.source
    and rejected.file_id < imports.file_id
where
    rejected.header is not null
order by
    rejected.goal,
    rejected.source,
    rejected.header
{% endmacro %}

{#-
    Grain: one row per reject of a header of a source that a line of a later
    file settles: the first of these.

    That line equals it in every field but the one that could not be read. Of
    a line that ends too early it has the fields that are there, as the only
    line; of one with too many fields the same text apart from its quotes.
-#}
{% macro settled(goal, source, header, columns, relation, separator, quote) %}
with imports as (
    select
        path,
        max(file_id) as file_id,
        max_by(build_id, file_id) as build_id,
        max_by(header, file_id) as header
    from runner.files
    where
        goal = {{ goal }}
        and source = {{ source }}
    group by path
),

lines as (
    select
        imports.file_id,
        lines._file,
        lines._line,
        [
        {% for column in columns %}
            coalesce(lines.{{ column | name }}, '')
            {%- if not loop.last %},{% endif %}

        {% endfor %}
        ] as fields
    from {{ relation }} as lines
    inner join imports
        on lines._file = imports.path
),

rejects as (
    select
        imports.file_id,
        rejects.*,
        replace(rejects.value, {{ quote }}, '') as raw,
        if(
            rejects.property is null,
            rejects.column_number,
            list_position(
                {{ columns }},
                substr(rejects.column_name, length({{ source }}) + 2)
            )
        ) as field_number,
        if(
            rejects.property is null,
            list_transform(
                string_split(raw, {{ separator }}),
                lambda field: trim(field)
            ),
            lines.fields
        ) as parts
    from runner.rejects as rejects
    inner join imports
        on rejects.file = imports.path
        and rejects.build_id = imports.build_id
        and imports.header = {{ header }}
    left join lines
        on rejects.file = lines._file
        and rejects.line = lines._line
    where
        rejects.goal = {{ goal }}
),

cut as (
    select
        * exclude (parts),
        parts[: field_number - 1] as head,
        if(
            len(parts) = {{ columns | length }},
            parts[field_number + 1 :],
            []::varchar[]
        ) as tail,
        len(head) as head_size,
        len(tail) as tail_size,
        head_size + tail_size + 1 = {{ columns | length }} as is_whole
    from rejects
    where
        field_number is not null
        and reason != 'too_many_fields'
        and list_bool_or(list_transform(head || tail, lambda part: part != ''))
),

sizes as (
    select distinct
        head_size,
        tail_size
    from cut
),

compared as (
    select
        lines.* exclude (fields),
        sizes.*,
        lines.fields[: head_size] as head,
        lines.fields[len(lines.fields) - tail_size + 1 :] as tail,
        lines.fields[head_size + 1] as mended,
        count(*) over (
            partition by
                sizes.head_size,
                sizes.tail_size,
                head,
                tail
        ) as line_count
    from lines
    cross join sizes
),

found as (
    select
        cut.file,
        cut.line,
        cut.column_name,
        cut.property,
        compared.file_id,
        compared._file,
        compared._line
    from cut
    inner join compared
        on cut.head_size = compared.head_size
        and cut.tail_size = compared.tail_size
        and cut.head = compared.head
        and cut.tail = compared.tail
        and cut.file_id < compared.file_id
    where
        (cut.is_whole or compared.line_count = 1)
        and (cut.property is null or cut.value != compared.mended)

    union all

    select
        rejects.file,
        rejects.line,
        rejects.column_name,
        rejects.property,
        lines.file_id,
        lines._file,
        lines._line
    from rejects
    inner join lines
        on rejects.raw = array_to_string(lines.fields, {{ separator }})
        and rejects.file_id < lines.file_id
    where
        rejects.reason = 'too_many_fields'
)

select
    file,
    line,
    column_name,
    property,
    min_by(_file, (file_id, _line)) as settled_file,
    min_by(_line, (file_id, _line)) as settled_line
from found
group by all
{% endmacro %}
