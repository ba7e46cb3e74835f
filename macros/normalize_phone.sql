{#- A phone number as E.164, such as `+31612345678`; null where the value
    cannot be one.

    column: SQL text, such as `customers.phone`.
    country_code: of numbers that do not say their own, whether national
        (`06 1234 5678`) or bare (`612345678`, as spreadsheets leave them).

    From the inside out: a trunk zero in brackets and an extension go, then all
    but digits and the plus; `00` is a plus; a trunk zero becomes the country
    code, and so does nothing at all. E.164 ends at 15 digits.
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
