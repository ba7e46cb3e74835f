{#- What can be asked of any relation, or done to it. -#}

{#- Grain: one row. -#}
{% macro count(relation, equal=none) %}
select count(*) from {{ relation }}
{{ where(equal or {}) }}
{% endmacro %}

{#- Grain: one row where the relation has one of these values. -#}
{% macro exists(relation, equal) %}
select 1 from {{ relation }}
{{ where(equal) }}
limit 1
{% endmacro %}

{#- Columns and the values that they have; of a tuple, any of them. -#}
{% macro where(equal) %}
{% for column, value in equal.items() %}
{% set is_list = value is sequence and value is not string %}
{% if loop.first %}where {% else %}and {% endif %}
{{ column | name }}
{% if is_list %}
    in {{ value | items }}
{% else %}
    = {{ value }}
{% endif %}
{% endfor %}
{% endmacro %}

{#- Grain: one row where several rows have the same values in these columns. -#}
{% macro repeated(relation, keys) %}
select 1
from {{ relation }}
group by {{ keys | names }}
having count(*) > 1
limit 1
{% endmacro %}

{#- Grain: one row per row of the relation. -#}
{% macro rows(relation) %}
select * from {{ relation }}
{% endmacro %}

{#- Grain: one row per row of Parquet files. -#}
{% macro files(paths) -%}
(select * from read_parquet({{ paths }}))
{%- endmacro %}

{#- Grain: one row. -#}
{% macro count_rows(select, limit=none) %}
select count(*) from (
select * from (
{{ select }}
)
{% if limit is not none %}
limit {{ limit }}
{% endif %}
)
{% endmacro %}

{#- Grain: one row per column of the SELECT. -#}
{% macro describe(select) %}
describe
{{ select }}
{% endmacro %}

{#-
    Grain: one row: the least key of the rows whose column contains the
    value.
-#}
{% macro first_containing(select, key, column, value) %}
select min({{ key | name }})
from (
{{ select }}
)
where contains({{ column | name }}, {{ value }})
{% endmacro %}

{#- Grain: no row; the columns of a relation. -#}
{% macro columns_of(relation, columns=()) %}
select {% if columns %}{{ columns | names }}{% else %}*{% endif %}

from {{ relation }}
limit 0
{% endmacro %}

{#- Grain: one row more per row of values. -#}
{% macro insert(relation, columns, rows) %}
insert into {{ relation }} ({{ columns | names }}) values
{{ rows | rows }}
{% endmacro %}

{#- Grain: the rows with these values are gone; all, where none are given. -#}
{% macro delete(relation, equal) %}
delete from {{ relation }}
{{ where(equal) }}
{% endmacro %}

{#- Grain: the rows that have the same values as one of `other` are gone. -#}
{% macro delete_matching(relation, other, columns) %}
delete from {{ relation }} as held
using {{ other }} as other
where
    {% for column in columns %}
    {% if not loop.first %}and {% endif %}
    held.{{ column | name }} is not distinct from other.{{ column | name }}
    {% endfor %}
{% endmacro %}

{% macro drop(relation, is_view=false) %}
drop {% if is_view %}view{% else %}table{% endif %} if exists {{ relation }}
{% endmacro %}

{% macro comment(relation, comment, is_view=false) %}
comment on {% if is_view %}view{% else %}table{% endif %} {{ relation }}
is {{ comment }}
{% endmacro %}

{#- Of `described`: name -> type and comment. -#}
{% macro add_columns(relation, described) %}
{% for name, (sql_type, comment) in described.items() %}
alter table {{ relation }}
add column if not exists {{ name | name }} {{ sql_type | sql }};
comment on column {{ relation }}.{{ name | name }} is {{ comment }};
{% endfor %}
{% endmacro %}

{#- Values that cannot be read as the new type are null. -#}
{% macro change_column(relation, column, sql_type) %}
alter table {{ relation }}
alter column {{ column | name }}
type {{ sql_type }} using try_cast({{ column | name }} as {{ sql_type }});
{% endmacro %}

{#- Raises an error where a value cannot be read as its new type. -#}
{% macro change_columns(relation, added, removed, retyped) %}
{% for column, sql_type in added.items() %}
alter table {{ relation }} add column {{ column | name }} {{ sql_type | sql }};
{% endfor %}
{% for column in removed %}
alter table {{ relation }} drop column {{ column | name }};
{% endfor %}
{% for column, sql_type in retyped.items() %}
alter table {{ relation }}
alter column {{ column | name }} type {{ sql_type | sql }};
{% endfor %}
{% endmacro %}
