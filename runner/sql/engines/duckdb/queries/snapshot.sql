{#-
    Snapshots: the history of a model's rows, as in dbt. `names` are what the
    columns with the times are called; `at` is when an incoming row counts
    from; a row of the table is held until the next one of its key.
-#}

{#- Grain: one row per row of the SELECT, in a temporary table. -#}
{% macro incoming(incoming, select, at) %}
create or replace temp table {{ incoming }} as
select
    rows.*,
    {{ at }} as "runner.at"
from (
{{ select }}
) as rows
{% endmacro %}

{#- Grain: one row where a row has no value in one of the keys. -#}
{% macro without_key(incoming, keys) %}
select 1
from {{ incoming }}
where
    {% for key in keys %}
    {% if not loop.first %}or {% endif %}
    {{ key | name }} is null
    {% endfor %}
limit 1
{% endmacro %}

{#- Grain: one row per incoming row, in a new table. -#}
{% macro first(relation, incoming, keys, names, current, has_deleted) %}
create table {{ relation }} as
select
    {{ opened(keys, names, current, has_deleted) }}
from {{ incoming }} as rows
{% endmacro %}

{#- The columns of an incoming row as it is held; those of times behind. -#}
{% macro opened(keys, names, current, has_deleted, is_deleted=false) %}
    rows.* exclude ("runner.at"),
    {{ id_of(keys) }} as {{ names.dbt_scd_id | name }},
    rows."runner.at" as {{ names.dbt_updated_at | name }},
    rows."runner.at" as {{ names.dbt_valid_from | name }},
    {{ current_end(current) }} as {{ names.dbt_valid_to | name }}
    {%- if has_deleted %},
    {{ 'True' if is_deleted else 'False' }} as {{ names.dbt_is_deleted | name }}
    {%- endif %}

{% endmacro %}

{% macro id_of(keys) -%}
md5(
    {% for key in keys %}
    coalesce(cast(rows.{{ key | name }} as string), '') || '|' ||
    {% endfor %}
    coalesce(cast(rows."runner.at" as string), '')
)
{%- endmacro %}

{% macro current_end(current) -%}
{% if current is none -%}
    if(false, rows."runner.at", null)
{%- else -%}
    ({{ current }})
{%- endif %}
{%- endmacro %}

{% macro is_held(names, current) -%}
(
    kept.{{ names.dbt_valid_to | name }} is null
    {% if current is not none %}
    or kept.{{ names.dbt_valid_to | name }} = ({{ current }})
    {% endif %}
)
{%- endmacro %}

{#-
    Grain: one row per key whose held row ends now; `is_gone` where no
    incoming row has it.
-#}
{% macro ended(
    ended, relation, incoming, keys, names, current, now, compared, is_timed,
    ends_gone, has_deleted
) %}
create or replace temp table {{ ended }} as
select
    {% for key in keys %}
    kept.{{ key | name }},
    {% endfor %}
    kept.{{ names.dbt_scd_id | name }} as "runner.id",
    coalesce(rows."runner.at", {{ now }}) as
        "runner.end",
    rows.{{ keys[0] | name }} is null as "runner.is_gone"
from {{ relation }} as kept
left join {{ incoming }} as rows
    on
    {% for key in keys %}
    {% if not loop.first %}and {% endif %}
    kept.{{ key | name }} = rows.{{ key | name }}
    {% endfor %}
where
    {{ is_held(names, current) }}
    and case
        when rows.{{ keys[0] | name }} is null then {{ ends_gone }}
        {% if has_deleted %}
            and kept.{{ names.dbt_is_deleted | name }} != 'True'
        when kept.{{ names.dbt_is_deleted | name }} = 'True' then true
        {% endif %}
        {% if is_timed %}
        else kept.{{ names.dbt_valid_from | name }} < rows."runner.at"
        {% else %}
        else false
            {% for column in compared %}
            or kept.{{ column | name }} is distinct from rows.{{ column | name }}
            {% endfor %}
        {% endif %}
    end
{% endmacro %}

{#-
    Grain: one row more per incoming row that is new or changed, and, with
    `has_deleted`, per row that is gone.
-#}
{% macro change(
    relation, incoming, ended, columns, keys, names, current, has_deleted
) %}
create or replace temp table "runner.opened" as
select
    {{ opened(keys, names, current, has_deleted) }}
from {{ incoming }} as rows
where
    exists (
        select 1
        from {{ ended }} as ended
        where {{ same(keys, 'ended') }}
    )
    or not exists (
        select 1
        from {{ relation }} as kept
        where
            {{ same(keys, 'kept') }}
            and {{ is_held(names, current) }}
    );
{% if has_deleted %}
insert into "runner.opened" by name
select
    {{ opened(keys, names, current, has_deleted, is_deleted=true) }}
from (
    select
        {% for column in columns %}
        kept.{{ column | name }},
        {% endfor %}
        ended."runner.end" as "runner.at"
    from {{ relation }} as kept
    inner join {{ ended }} as ended
        on kept.{{ names.dbt_scd_id | name }} = ended."runner.id"
    where
        ended."runner.is_gone"
        and {{ is_held(names, current) }}
) as rows;
{% endif %}
update {{ relation }} as kept
set {{ names.dbt_valid_to | name }} = ended."runner.end"
from {{ ended }} as ended
where
    kept.{{ names.dbt_scd_id | name }} = ended."runner.id"
    and {{ is_held(names, current) }};
insert into {{ relation }} by name
select * from "runner.opened";
drop table "runner.opened";
drop table {{ ended }};
drop table {{ incoming }};
{% endmacro %}

{% macro same(keys, other) -%}
    {% for key in keys %}
    {% if not loop.first %}and {% endif %}
    {{ other | sql }}.{{ key | name }} = rows.{{ key | name }}
    {% endfor %}
{%- endmacro %}

{#- Grain: one row per row of the table in another database. -#}
{% macro carry(relation, database) %}
create table {{ relation }} as
select * from {{ database | name }}.{{ relation }}
{% endmacro %}
