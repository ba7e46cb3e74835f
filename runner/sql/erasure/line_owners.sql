{#-
    Grain: one row per line of a batch and its tie to persons to be erased (C2).
-#}
{#-
    `own` gave a row of theirs; `candidate` was joined to one; `mention` has a
    value of theirs; `other` gave something of someone else, who would lose it;
    `group` is a main line of a group that a mention gave something to.
-#}
{% set theirs = 'mentioning' if is_of_groups else 'suppressed' %}
{% set columns = keys | map(attribute='column') | join(', rows_read.') %}
with

suppressed as (

    select row_id
    from {{ suppressed }}

),

{% for source in chained %}
{{ name('lines_of_' ~ source.name) }} as (

    select
        {{ row_id('lines') }} as row_id,
        {{ line_origin('lines') }} as origin
    from {{ lines[source.name] }} as lines

),

{% endfor %}
lines_of_files as (

{% for file in runs %}
{% set origins_above = [] %}
{% for one in file.run %}
{% set lines_above = 0 if one.is_clean else one.data_from - one.rows_above %}
{% set _ = origins_above.append(one.first_origin + lines_above) %}
{% endfor %}
    select
        cast({{ of_read_file(origins_above) }} as bigint)
{% if file.is_clean %}
        + {{ line_number(file) }} as origin,
{% else %}
        + row_number() over () as origin,
{% endif %}
        concat_ws(
            chr(31),
            {{ file.columns | join(',\n            ') }}
        ) as line
    from
        {{ read_lines(file, file.format, file.run) }}
{{ '    union all' if not loop.last }}
{% else %}
    select
        cast(null as bigint) as origin,
        '' as line
    where false
{% endfor %}

),

matches as (

    select origin
    from lines_of_files
    where
        {{ holds_person(identifier_text('line')) }}

),

{% if is_of_groups %}
mentioning as (

    select {{ row_id('rows_read') }} as row_id
    from {{ rows }} as rows_read
    semi join matches
        on rows_read.origin = matches.origin
{% for source in chained %}
    union
    select {{ row_id('rows_read') }} as row_id
    from {{ rows }} as rows_read
    inner join {{ name('lines_of_' ~ source.name) }} as lines
        on rows_read.{{ plan.row_of(source.name) }} = lines.row_id
    semi join matches
        on lines.origin = matches.origin
{% endfor %}

),

{% endif %}
rows_read as (

    select
        rows_read.origin,
{% for source in chained %}
        rows_read.{{ plan.row_of(source.name) }},
{% endfor %}
        {{ row_id('rows_read') }} in (
            select {{ theirs }}.row_id from {{ theirs }}
        ) as is_theirs,
        coalesce(rows_read.{{ columns }}) is not null as is_identified
    from {{ rows }} as rows_read

),

uses as (

    select
        origin,
        {{ 'false' if is_of_groups else 'is_theirs' }} as is_own,
        false as is_used,
        is_identified and not is_theirs as is_others
    from rows_read
{% for source in chained %}
{% set is_personal = source.name in personal %}
    union all
    select
        lines.origin,
        false as is_own,
        {{ 'rows_read.is_theirs' if is_personal else 'false' }} as is_used,
        rows_read.is_identified and not rows_read.is_theirs as is_others
    from rows_read
    inner join {{ name('lines_of_' ~ source.name) }} as lines
        on rows_read.{{ plan.row_of(source.name) }} = lines.row_id
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

owned as (

    select
        origin,
        {{ "'candidate'" if is_alone else "'own'" }} as owner
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
        'mention' as owner
    from matches
{% if is_of_groups %}
    union all
    select
        origin,
        'group' as owner
    from rows_read
    where is_theirs
{% endif %}
{% if not is_alone %}
    union all
    select
        origin,
        'other' as owner
    from used
    where is_others
{% endif %}

),

final as (

    select
        {{ file_of('origin') }} as file_id,
        {{ line_in('origin') }} as line,
        owner
    from owned

)

select * from final
