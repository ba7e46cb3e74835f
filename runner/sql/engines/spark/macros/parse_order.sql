{#-
    Text of a time, or else of a number, as a number to compare: a time in
    microseconds. Null where it is neither.
-#}
{% macro parse_order(value, format) -%}
coalesce(
    unix_micros(coalesce(
        {{ parse_datetime(value, format) }},
        try_cast({{ value }} as timestamp_ntz)
    )),
    {{ parse_number(value, 'decimal', format) }}
)
{%- endmacro %}
