copy (
    select $line as $header
    from (
$select
    )
    order by $order
) to $path (
    format csv,
    header $has_header,
    delimiter ',',
    quote '',
    escape '',
    null ''
)
