{#- An amount as people and bookkeepers write it, as decimal(18, 4); null if
    it is ambiguous.

    column: SQL text, such as `customers.balance`.
    decimal: the decimal separator, `.` or `,`. The other one, blanks and
        apostrophes are allowed only between groups of three digits.

    Reads `$1,234.50`, `-12`, `12.00-`, `(12.00)` (negative), `EUR 12`, and with
    decimal=',' also `€ 1.234,50` and `12,-`. Step by step: all blanks,
    minus signs and apostrophes become one kind; a currency at the start, then at
    the end, is removed; so is a dash instead of cents; brackets and a minus at
    the end become a minus at the start.
-#}
{% macro parse_money(column, decimal='.') -%}
    {%- set currency = '(?:[a-z]{0,2}\\p{Sc}|[a-z]{3}|(?:kr|fr)[.]?)' -%}
    {%- set group = "[,'' ]" if decimal == '.' else "[.'' ]" -%}
    {%- set whole = '(?:[0-9]{1,3}(?:' ~ group ~ '[0-9]{3})+|[0-9]+)' -%}
    {%- set cents = '[' ~ decimal ~ '][0-9]' -%}
    {%- set amount = '(?:' ~ whole ~ '(?:' ~ cents ~ '*)?|' ~ cents ~ '+)' -%}
    {%- set text = "translate(" ~ column ~ ", '−–—’', '---''')" -%}
    {%- set text = replace_matches(text, '[\\s\\x{b}\\x{85}\\pZ]+', ' ') -%}
    {%- set before = '(?i)^([ (-]*)' ~ currency ~ ' *' -%}
    {%- set text = replace_matches(text, before, '\\1') -%}
    {%- set after = '(?i) *' ~ currency ~ '([ )-]*)\\z' -%}
    {%- set text = replace_matches(text, after, '\\1') -%}
    {%- set text = replace_matches(text, '[.,]-+ *\\z') -%}
    {%- set text = replace_matches(text, '^ *\\((.*)\\) *\\z', '-\\1') -%}
    {%- set text = replace_matches(text, '^(.*[^ ]) *- *\\z', '-\\1') -%}
    {%- set plain = "'^ *-? *" ~ amount ~ " *\\z'" -%}
    {%- set text = "regexp_extract(" ~ text ~ ", " ~ plain ~ ", 0)" -%}
    try_cast(
        replace(
            {{ replace_matches(text, '[^-0-9' ~ decimal ~ ']') }},
            '{{ decimal }}', '.'
        )
        as decimal(18, 4)
    )
{%- endmacro %}
