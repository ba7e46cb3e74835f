select
    columns.schema_name || '."' || columns.table_name || '"' as relation,
    list(columns.column_name order by columns.column_index) as columns,
    list(columns.column_name order by columns.column_index)
        filter (where columns.data_type = 'UUID' and columns.column_name != 'group_id') as ids,
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
