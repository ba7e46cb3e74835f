select
    table_schema || '."' || table_name || '"' as relation,
    table_type
from information_schema.tables
