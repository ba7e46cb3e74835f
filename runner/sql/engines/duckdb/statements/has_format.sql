select count(*) from information_schema.tables
where table_schema = 'runner' and table_name = 'format'
