select
    connection,
    profile_id
from ${database}runner.imported
