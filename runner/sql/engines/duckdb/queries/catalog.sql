{#-
    The tables and columns that a warehouse has. The views of
    `information_schema` take several times longer.
-#}

{#- Grain: one row per table or view. -#}
{% macro relations() %}
select
    schema_name || '."' || replace(table_name, '"', '""') || '"'
        as relation,
    if(temporary, 'LOCAL TEMPORARY', 'BASE TABLE') as table_type
from duckdb_tables()
union all
select
    schema_name || '."' || replace(view_name, '"', '""') || '"' as relation,
    'VIEW' as table_type
from duckdb_views()
where not internal
{% endmacro %}

{#- Grain: one row per column of the tables of runner. -#}
{% macro columns() %}
select
    schema_name || '.' || table_name as relation,
    column_name,
    data_type,
    comment
from duckdb_columns()
where
    schema_name in ('main', 'runner')
    and not internal
    and database_name = current_database()
{% endmacro %}

{#- Grain: one row per column of a public table, a view, or a segment. -#}
{% macro public_columns() %}
select
    if(schema_name = 'main', '', schema_name || '.') || table_name as relation,
    column_name
from duckdb_columns()
where
    schema_name in ('main', 'segments')
    and not internal
    and database_name = current_database()
order by
    schema_name,
    table_name,
    column_index
{% endmacro %}

{#-
    Grain: one row per column of profiles. `duckdb_columns` looks into all
    views of the engine when it is first asked: 20 ms.
-#}
{% macro properties() %}
select column_name from (describe main.profiles)
{% endmacro %}

{#-
    Grain: one row per table, with its columns, and those that hold ids of
    profiles.
-#}
{% macro profile_columns() %}
select
    columns.schema_name || '."' || columns.table_name || '"' as relation,
    list(columns.column_name order by columns.column_index) as columns,
    list(columns.column_name order by columns.column_index)
        filter (
            where columns.data_type = 'UUID'
            and columns.column_name != 'group_id'
        ) as ids,
    list(columns.column_name order by columns.column_index)
        filter (where columns.data_type = 'UUID[]') as id_lists
from duckdb_columns() as columns
inner join duckdb_tables() as tables
    on columns.table_oid = tables.table_oid
    and columns.database_name = tables.database_name
where
    columns.database_name = current_database()
    and not tables.temporary
    and not tables.internal
group by relation
order by relation
{% endmacro %}

{#- Grain: one row. -#}
{% macro format() %}
select max(version) from runner.format
{% endmacro %}

{#- Grain: one row: the rows of the largest table. -#}
{% macro most_rows() %}
select coalesce(max(estimated_size), 0)
from duckdb_tables()
where not temporary
{% endmacro %}

{#- Grain: one row: whether what is declared has this hash. -#}
{% macro is_declared(declared_hash) %}
select count(*) > 0
from runner.format
where declared_hash = {{ declared_hash }}
{% endmacro %}

{% macro store_declared(declared_hash) %}
update runner.format
set declared_hash = {{ declared_hash }}
{% endmacro %}

{#- Grain: one row: whether these statements made the tables. -#}
{% macro is_made_by(made_by) %}
select count(*) > 0
from duckdb_tables()
where
    schema_name = 'runner'
    and table_name = 'format'
    and ends_with(comment, {{ made_by }})
    and database_name = current_database()
{% endmacro %}
