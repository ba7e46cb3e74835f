{#- runner.rejects: what Spark writes otherwise than DuckDB. -#}

{#-
    Grain: one row per reject of a header of a source that a line of a later
    file settles: the first of these.

    That line equals it in every field but the one that could not be read. Of
    a line that ends too early it has the fields that are there, as the only
    line; of one with too many fields the same text apart from its quotes.
    `split` takes a regular expression, in which any separator has a meaning.
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
        array(
        {% for column in columns %}
            coalesce(lines.{{ column | name }}, '')
            {%- if not loop.last %},{% endif %}

        {% endfor %}
        ) as fields
    from {{ relation }} as lines
    inner join imports
        on lines._file = imports.path
),

rejects as (
    select
        imports.file_id,
        rejects.file,
        rejects.line,
        rejects.column_name,
        rejects.property,
        rejects.reason,
        rejects.value,
        replace(rejects.value, {{ quote }}, '') as raw,
        if(
            rejects.property is null,
            rejects.column_number,
            nullif(array_position(
                {{ columns }},
                substr(rejects.column_name, length({{ source }}) + 2)
            ), 0)
        ) as field_number,
        if(
            rejects.property is null,
            transform(
                split(
                    replace(
                        replace(rejects.value, {{ quote }}, ''),
                        {{ separator }},
                        chr(31)
                    ),
                    chr(31)
                ),
                field -> trim(field)
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

halves as (
    select
        file_id,
        file,
        line,
        column_name,
        property,
        value,
        slice(parts, 1, cast(field_number as int) - 1) as head,
        if(
            size(parts) = {{ columns | length }},
            slice(
                parts,
                cast(field_number as int) + 1,
                {{ columns | length }}
            ),
            slice(parts, 1, 0)
        ) as tail
    from rejects
    where
        field_number is not null
        and reason != 'too_many_fields'
),

cut as (
    select
        file_id,
        file,
        line,
        column_name,
        property,
        value,
        head,
        tail,
        size(head) as head_size,
        size(tail) as tail_size
    from halves
    where exists(concat(head, tail), part -> part != '')
),

sizes as (
    select distinct
        head_size,
        tail_size
    from cut
),

parted as (
    select
        lines.file_id,
        lines._file,
        lines._line,
        sizes.head_size,
        sizes.tail_size,
        slice(lines.fields, 1, sizes.head_size) as head,
        slice(
            lines.fields,
            {{ columns | length }} - sizes.tail_size + 1,
            sizes.tail_size
        ) as tail,
        try_element_at(lines.fields, sizes.head_size + 1) as mended
    from lines
    cross join sizes
),

compared as (
    select
        parted.*,
        count(*) over (
            partition by
                head_size,
                tail_size,
                head,
                tail
        ) as line_count
    from parted
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
        (
            cut.head_size + cut.tail_size + 1 = {{ columns | length }}
            or compared.line_count = 1
        )
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
        on rejects.raw = array_join(lines.fields, {{ separator }})
        and rejects.file_id < lines.file_id
    where
        rejects.reason = 'too_many_fields'
)

select
    file,
    line,
    column_name,
    property,
    min_by(_file, struct(file_id, _line)) as settled_file,
    min_by(_line, struct(file_id, _line)) as settled_line
from found
group by
    file,
    line,
    column_name,
    property
{% endmacro %}
