update $rows as rows_read
set $key = junk.value
from $junk as junk
where
    rows_read.rowid = junk.row_id
    and junk.number = $number
