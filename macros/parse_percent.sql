{#- A percentage as people write it, as a fraction, a decimal; null if it is
    ambiguous.

    column: SQL text, such as `customers.discount`.
    decimal: the decimal separator, `.` or `,`.

    Reads `12.5%`, `-3 %`, and with decimal=',' also `12,5 %`: 0.125, -0.03,
    0.125. A number without a percent sign is ambiguous, so null.
-#}
{% macro parse_percent(column, decimal='.') -%}
    {%- set blanks = '[\\s\\x{b}\\x{85}\\pZ]*' -%}
    {%- set cents = '[' ~ decimal ~ ']' -%}
    {%- set whole = '[0-9]+(?:' ~ cents ~ '[0-9]*)?' -%}
    {%- set number = '[-+]?(?:' ~ whole ~ '|' ~ cents ~ '[0-9]+)' -%}
    try_cast(
        replace(
            regexp_extract(
                {{ column }},
                '^{{ blanks }}({{ number }}){{ blanks }}%{{ blanks }}\z',
                1
            ),
            '{{ decimal }}', '.'
        )
        as decimal(18, 6)
    ) * 0.01
{%- endmacro %}
