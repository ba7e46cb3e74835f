copy (
    select $line as $header
    from (
$select
    )
) to $path (
    format csv,
    header $has_header,
    delimiter ',',
    quote '',
    escape '',
    null ''
)
