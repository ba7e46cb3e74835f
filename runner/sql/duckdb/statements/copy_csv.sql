copy (
    select $line as $header
    from (
$select
    )
) to $path (
    format csv,
    header true,
    delimiter ',',
    quote '',
    escape '',
    null ''
)
