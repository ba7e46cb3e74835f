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
