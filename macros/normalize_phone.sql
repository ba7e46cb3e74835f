{#- A phone number as E.164, such as `+31612345678`; null if the value
    cannot be one.

    column: SQL text, such as `customers.phone`.
    country_code: for numbers without one, whether national (`06 1234 5678`)
        or without the zero (`612345678`, as spreadsheets store them).

    From the inside out: remove a trunk zero in brackets and an extension, then
    all but digits and the plus; `00` becomes a plus; a trunk zero or no prefix
    becomes the country code. E.164 has 15 digits at most.
-#}
{% macro normalize_phone(column, country_code='31') -%}
nullif(
    regexp_extract(
        regexp_replace(regexp_replace(regexp_replace(
        regexp_replace(regexp_replace(regexp_replace(
            {{ column }},
            '(?i)\(0\)|(ext|#).*$', '', 'g'),
            '[^0-9+]', '', 'g'),
            '^00', '+'),
            '^(\+{{ country_code }}|)0', '+{{ country_code }}'),
            '^({{ country_code }}[0-9]{9,})$', '+\1'),
            '^([1-9])', '+{{ country_code }}\1'),
        '^\+[1-9][0-9]{7,14}$'
    ),
    ''
)
{%- endmacro %}
