{#- A percentage as people write it, as a fraction, decimal(18, 6); null if it
    is ambiguous.

    column: SQL text, such as `customers.discount`.
    decimal: the decimal separator, `.` or `,`.

    Reads `12.5%`, `-3 %`, and with decimal=',' also `12,5 %`: 0.125, -0.03,
    0.125. A number without a percent sign is ambiguous, so null.
-#}
{% macro parse_percent(column, decimal='.') -%}
    try_cast(
        replace(
            regexp_extract(
                {{ column }},
                '^[\s\pZ]*([-+]?(?:[0-9]+(?:[{{ decimal }}][0-9]*)?|[{{ decimal }}][0-9]+))[\s\pZ]*%[\s\pZ]*$',
                1
            ),
            '{{ decimal }}', '.'
        )
        as decimal(18, 6)
    ) / 100
{%- endmacro %}
