create temp table lines as select *
from read_csv(
    $path,
    columns = $columns,
    auto_detect = false,
    header = false,
    skip = $skip,
    delim = $separator,
    quote = $quote,
    escape = $quote,
    compression = 'none',
    store_rejects = true
)
