{#- An amount as people and bookkeepers write it, as decimal(18, 4); null if
    it is ambiguous.

    column: SQL text, such as `customers.balance`.
    decimal: the decimal separator, `.` or `,`. The other one, blanks and
        apostrophes are allowed only between groups of three digits.

    Reads `$1,234.50`, `-12`, `12.00-`, `(12.00)` (negative), `EUR 12`, and with
    decimal=',' also `€ 1.234,50` and `12,-`. From the inside out: all
    blanks, minus signs and apostrophes become one kind; a currency at the start,
    then at the end, is removed; so is a dash instead of cents; brackets and a
    minus at the end become a minus at the start.
-#}
{% macro parse_money(column, decimal='.') -%}
    {%- set currency = '(?:[a-z]{0,2}\\p{Sc}|[a-z]{3}|(?:kr|fr)[.]?)' -%}
    {%- set group = "[,'' ]" if decimal == '.' else "[.'' ]" -%}
    {%- set whole = '(?:[0-9]{1,3}(?:' ~ group ~ '[0-9]{3})+|[0-9]+)' -%}
    {%- set cents = '[' ~ decimal ~ '][0-9]' -%}
    try_cast(
        replace(
            regexp_replace(
                regexp_extract(
                    regexp_replace(regexp_replace(regexp_replace(
                    regexp_replace(regexp_replace(regexp_replace(
                        translate({{ column }}, '−–—’', '---'''),
                        '[\s\pZ]+', ' ', 'g'),
                        '(?i)^([ (-]*){{ currency }} *', '\1'),
                        '(?i) *{{ currency }}([ )-]*)$', '\1'),
                        '[.,]-+ *$', ''),
                        '^ *\((.*)\) *$', '-\1'),
                        '^(.*[^ ]) *- *$', '-\1'),
                    '^ *-? *(?:{{ whole }}(?:{{ cents }}*)?|{{ cents }}+) *$'
                ),
                '[^-0-9{{ decimal }}]', '', 'g'
            ),
            '{{ decimal }}', '.'
        )
        as decimal(18, 4)
    )
{%- endmacro %}
