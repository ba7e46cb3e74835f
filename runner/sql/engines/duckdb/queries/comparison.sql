{#-
    What differs between the open warehouse and the one before it, which is
    attached as `earlier`.
-#}

{#- Grain: one row per column of a table of data, in each of the two. -#}
{% macro columns() %}
select
    database_name = 'earlier' as is_earlier,
    table_name,
    column_name,
    data_type
from duckdb_columns()
where
    schema_name = 'main'
    and not internal
    and database_name in ('earlier', current_database())
order by
    is_earlier desc,
    table_name,
    column_index
{% endmacro %}

{#-
    Grain: one row: how many rows of a table there were and are, came,
    changed, lost a value, went; with `most`, for each of its columns how
    many rows got, changed and lost a value in it, and the first of them.
-#}
{% macro table(name, key, columns, is_earlier, most=none) %}
with

all_earlier as (

    {% if is_earlier %}
    select * from earlier.main.{{ name | name }}
    {% else %}
    select * from main.{{ name | name }} where false
    {% endif %}

),

all_later as (

    select * from main.{{ name | name }}

),

{# Most rows are as they were: their values are hashed, and not compared. #}
different as (

    select coalesce(earlier.id, later.id) as id
    from (
        {{ contents('all_earlier', key, columns, true) }}
    ) as earlier
    full join (
        {{ contents('all_later', key, columns, false) }}
    ) as later
        on
            earlier.id = later.id
            and earlier.content = later.content
    where
        earlier.id is null
        or later.id is null

),

earlier as (

    select *
    from all_earlier
    where {{ key | name }} in (select different.id from different)

),

later as (

    select *
    from all_later
    where {{ key | name }} in (select different.id from different)

),

paired as (

    select
        earlier.{{ key | name }} is not null as is_before,
        later.{{ key | name }} is not null as is_after,
        is_before and is_after as is_kept,
        {% for column in columns %}
        {{ value_of(column, 'earlier', column.is_earlier) }}
            as {{ ('before ' ~ loop.index) | name }},
        {{ value_of(column, 'later', column.is_later) }}
            as {{ ('after ' ~ loop.index) | name }},
        {% endfor %}
        coalesce(later.{{ key | name }}, earlier.{{ key | name }}) as id
    from earlier
    full join later
        on earlier.{{ key | name }} = later.{{ key | name }}

),

final as (

    select
        (select count(*) from all_earlier) as earlier_count,
        (select count(*) from all_later) as later_count,
        count(*) filter (where not is_before) as created,
        count(*) filter (where is_kept and ({{ any_of(columns, 'changed') }}))
            as changed,
        count(*) filter (where is_kept and ({{ any_of(columns, 'cleared') }}))
            as cleared,
        {% for column in columns if most is not none %}
        count(*) filter (where is_kept and {{ is('filled', loop.index) }})
            as {{ ('filled ' ~ loop.index) | name }},
        count(*) filter (where is_kept and {{ is('replaced', loop.index) }})
            as {{ ('replaced ' ~ loop.index) | name }},
        count(*) filter (where is_kept and {{ is('cleared', loop.index) }})
            as {{ ('cleared ' ~ loop.index) | name }},
        arg_min(
            {
                'id': cast(id as string),
                'before': cast({{ ('before ' ~ loop.index) | name }} as string),
                'after': cast({{ ('after ' ~ loop.index) | name }} as string)
            },
            id,
            {{ most }}
        ) filter (where is_kept and {{ is('changed', loop.index) }})
            as {{ ('examples ' ~ loop.index) | name }},
        {% endfor %}
        count(*) filter (where not is_after) as removed
    from paired

)

select * from final
{% endmacro %}

{#- Grain: one row per row of a relation: its id, and a hash of its values. -#}
{% macro contents(relation, key, columns, is_before) -%}
select
            {{ key | name }} as id,
            hash({{ key | name }}{% for column in columns %},
                {{ value_of(
                    column,
                    relation,
                    column.is_earlier if is_before else column.is_later
                ) }}
            {%- endfor %}) as content
        from {{ relation | sql }}
{%- endmacro %}

{#- Grain: an expression: a column, as text where its type is another now. -#}
{% macro value_of(column, side, is_there) -%}
{% if not is_there %}null
{%- elif column.is_retyped %}cast({{ side | sql }}.{{ column.name | name }} as string)
{%- else %}{{ side | sql }}.{{ column.name | name }}
{%- endif %}
{%- endmacro %}

{#- Grain: a condition: whether any column differs so. -#}
{% macro any_of(columns, change) -%}
{% for column in columns %}
{{ is(change, loop.index) }}{% if not loop.last %} or {% endif %}
{% else %}
false
{% endfor %}
{%- endmacro %}

{#- Grain: a condition: how the column of this number differs. -#}
{% macro is(change, number) -%}
{% set before, after = ('before ' ~ number) | name, ('after ' ~ number) | name %}
{% if change == 'changed' %}{{ before }} is distinct from {{ after }}
{%- elif change == 'filled' %}({{ before }} is null and {{ after }} is not null)
{%- elif change == 'cleared' %}({{ before }} is not null and {{ after }} is null)
{%- else %}{{ before }} != {{ after }}
{%- endif %}
{%- endmacro %}

{#- Grain: one row: profiles, or groups, that became part of others. -#}
{% macro merged(name, key) %}
select count(*)
from earlier.main.{{ name | name }} as earlier
semi join runner.aliases as aliases
    on
        earlier.{{ key | name }} = aliases.alias_id
        and aliases.relation = {{ 'main.' ~ name }}
anti join main.{{ name | name }} as later
    on earlier.{{ key | name }} = later.{{ key | name }}
{% endmacro %}

{#- Grain: one row per segment that has members, or had. -#}
{% macro segments() %}
select
    coalesce(later.segment, earlier.segment) as name,
    count(earlier.profile_id) as earlier_count,
    count(later.profile_id) as later_count,
    count(later.profile_id) filter (where earlier.profile_id is null)
        as entering,
    count(earlier.profile_id) filter (where later.profile_id is null)
        as leaving
from earlier.main.segment_members as earlier
full join main.segment_members as later
    on
        earlier.segment = later.segment
        and earlier.profile_id = later.profile_id
group by name
order by name
{% endmacro %}
