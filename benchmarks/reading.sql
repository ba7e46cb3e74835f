create temp table lines as select *  -- noqa: AM04
from read_csv(
    getvariable('path'),
    columns = getvariable('columns'),
    auto_detect = false,
    header = false,
    skip = getvariable('skip'),
    delim = getvariable('separator'),
    quote = getvariable('quote'),
    escape = getvariable('quote'),
    compression = 'none',
    store_rejects = true
)
