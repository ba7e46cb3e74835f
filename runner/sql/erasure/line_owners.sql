{#-
    Grain: one row per line of a batch that has to do with people to be erased (C2): `own` gave
    one of their rows; `candidate` was joined to one, or has one of their values;
    `other` gave something of somebody else, who would lose it.
-#}
with

rows_read as (

    select
        rows_read.origin,
{% for source in chained %}
        rows_read.{{ name(source.name ~ ' row') }},
{% endfor %}
        rows_read.rowid in (select suppressed.row_id from {{ suppressed }} as suppressed) as is_theirs,
        coalesce({% for key in keys %}rows_read.{{ name('key ' ~ key.number) }}{{ ', ' if not loop.last }}{% endfor %}) is not null as is_somebodys
    from {{ rows }} as rows_read

),

matches as (

{% for file in files %}
    select origin
    from (
        select
{% if file.is_clean %}
            cast({{ file.first_origin }} as bigint) + " line_number" as origin,
{% else %}
            cast({{ file.first_origin + file.data_from }} as bigint) + row_number() over () as origin,
{% endif %}
            concat_ws(chr(31), {% for column in file.columns %}{{ column }}{{ ', ' if not loop.last }}{% endfor %}) as line
        from
            {{ read_lines(file, file.format) }}
    ) as lines
    where regexp_matches(line, getvariable('person_values'))
{{ '    union all' if not loop.last }}
{% else %}
    select cast(null as bigint) as origin
    where false
{% endfor %}

),

uses as (

    select
        origin,
        is_theirs as is_own,
        is_theirs as is_used,
        is_somebodys and not is_theirs as is_others
    from rows_read
{% for source in chained %}
    union all
    select
        coalesce(lines.clean_origin, lines.rowid + lines.shift) as origin,
        false as is_own,
        {{ 'rows_read.is_theirs' if source.name in personal else 'false' }} as is_used,
        rows_read.is_somebodys and not rows_read.is_theirs as is_others
    from rows_read
    inner join {{ lines[source.name] }} as lines
        on rows_read.{{ name(source.name ~ ' row') }} = lines.rowid
{% endfor %}

),

used as (

    select
        origin,
        bool_or(is_own) as is_own,
        bool_or(is_used) as is_used,
        bool_or(is_others) as is_others
    from uses
    group by origin

),

final as (

    select
        origin,
        'own' as owner
    from used
    where is_own
    union all
    select
        origin,
        'candidate' as owner
    from used
    where is_used
    union all
    select
        origin,
        'candidate' as owner
    from matches
    union all
    select
        origin,
        'other' as owner
    from used
    where is_others

)

select
    origin // 4294967296 as file_id,
    origin % 4294967296 as line,
    owner
from final
