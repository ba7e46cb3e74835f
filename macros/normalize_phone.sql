{#- A telephone number as E.164, such as `+31612345678`; null if the value
    cannot be one.

    column: SQL text, such as `customers.phone`.
    country_code: of numbers that do not state theirs: a calling code such as
        31, or a region such as NL.

    runner asks the library phonenumbers, which knows the trunk and exit codes
    of each country. An extension, `x123` or `toestel 89`, is left out.
    `telephone_number` is a function of runner: make a model that calls it a
    table, since no other program can read the view.
-#}
{% macro normalize_phone(column, country_code='31') -%}
telephone_number({{ column }}, '{{ country_code }}')
{%- endmacro %}
