select
    table_schema || '.' || table_name as relation,
    column_name,
    data_type
from information_schema.columns
where table_schema in ('main', 'runner')
