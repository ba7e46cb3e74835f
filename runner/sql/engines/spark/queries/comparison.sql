{#-
    What differs between the open warehouse and the one before it, which is
    attached as `earlier`.
-#}

{#-
    Grain: one row: how many rows of a table there were and are, came,
    changed, lost a value, went; with `most`, for each of its columns how
    many rows got, changed and lost a value in it, and the first of them.
-#}
{% macro table(name, key, columns, is_earlier, most=none) %}
create or replace temp table paired_rows as
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

earlier_rows as (

    select *
    from all_earlier
    where {{ key | name }} in (select different.id from different)

),

later_rows as (

    select *
    from all_later
    where {{ key | name }} in (select different.id from different)

)

select
    earlier_rows.{{ key | name }} is not null as is_before,
    later_rows.{{ key | name }} is not null as is_after,
    earlier_rows.{{ key | name }} is not null
    and later_rows.{{ key | name }} is not null as is_kept,
    {% for column in columns %}
    {{ value_of(column, 'earlier_rows', column.is_earlier, 'later_rows') }}
        as {{ ('before ' ~ loop.index) | name }},
    {{ value_of(column, 'later_rows', column.is_later, 'earlier_rows') }}
        as {{ ('after ' ~ loop.index) | name }},
    {% endfor %}
    coalesce(
        later_rows.{{ key | name }}, earlier_rows.{{ key | name }}
    ) as id
from earlier_rows
full join later_rows
    on earlier_rows.{{ key | name }} = later_rows.{{ key | name }};
select
    {% if is_earlier %}
    (select count(*) from earlier.main.{{ name | name }}) as earlier_count,
    {% else %}
    0 as earlier_count,
    {% endif %}
    (select count(*) from main.{{ name | name }}) as later_count,
    count_if(not is_before) as created,
    count_if(is_kept and ({{ any_of(columns, 'changed') }})) as changed,
    count_if(is_kept and ({{ any_of(columns, 'cleared') }})) as cleared,
    {% for column in columns if most is not none %}
    count_if(is_kept and {{ is('filled', loop.index) }})
        as {{ ('filled ' ~ loop.index) | name }},
    count_if(is_kept and {{ is('replaced', loop.index) }})
        as {{ ('replaced ' ~ loop.index) | name }},
    count_if(is_kept and {{ is('cleared', loop.index) }})
        as {{ ('cleared ' ~ loop.index) | name }},
    (
        select array_sort(collect_list(named_struct(
            'id',
            cast(firsts.id as string),
            'before',
            cast(firsts.{{ ('before ' ~ loop.index) | name }} as string),
            'after',
            cast(firsts.{{ ('after ' ~ loop.index) | name }} as string)
        )))
        from (
            select
                id,
                {{ ('before ' ~ loop.index) | name }},
                {{ ('after ' ~ loop.index) | name }}
            from paired_rows
            where is_kept and {{ is('changed', loop.index) }}
            order by id
            limit {{ most }}
        ) as firsts
    ) as {{ ('examples ' ~ loop.index) | name }},
    {% endfor %}
    count_if(not is_after) as removed
from paired_rows
{% endmacro %}

{#- Grain: one row per row of a relation: its id, and a hash of its values. -#}
{% macro contents(relation, key, columns, is_before) -%}
select
            {{ key | name }} as id,
            md5(to_json(struct({{ key | name }} as id{% for column in columns %},
                {{ value_of(
                    column,
                    relation,
                    column.is_earlier if is_before else column.is_later
                ) }} as {{ ('value ' ~ loop.index) | name }}
            {%- endfor %}))) as content
        from {{ relation | sql }}
{%- endmacro %}

{#-
    Grain: an expression: a column, as text where its type is another now; where
    it is not there, null of its type on the other side.
-#}
{% macro value_of(column, side, is_there, other=none) -%}
{% if not is_there and other %}
if(true, null, {{ other | sql }}.{{ column.name | name }})
{%- elif not is_there %}cast(null as string)
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
