select count(distinct profile_id)
from read_parquet($paths)
