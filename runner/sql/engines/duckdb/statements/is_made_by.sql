select count(*) from duckdb_tables()
where
    schema_name = 'runner'
    and table_name = 'format'
    and ends_with(comment, $made_by)
    and database_name = current_database()
