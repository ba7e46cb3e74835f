{#- Grain: one row per line that is set aside, the first ones (R2). -#}
select
    cast(line as bigint) as line,
    column_name,
    reason,
    raw
from
    {{ read_rejects(path) }}
limit {{ rows }}
