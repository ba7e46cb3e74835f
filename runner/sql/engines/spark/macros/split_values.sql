{#-
    The items of a text, trimmed, without quotes inside brackets and empty ones.
    A separator inside the quotes of an item in brackets separates nothing.
-#}
{% macro split_values(value, format) -%}
{% set separator = format.multi_value_separator %}
{% set brackets = format.multi_value_brackets %}
{% set listed = unbracketed('cast(' ~ value ~ ' as string)', brackets) %}
{% set item = without_blanks('item') %}
{% if brackets %}
{% set quotes = "'\\A\"+|\"+\\z', ''" %}
{% set item = 'regexp_replace(' ~ item ~ ', ' ~ quotes ~ ')' %}
{% endif %}
{% set stop = '\\' ~ separator if separator in '\\]^-[&~' else separator %}
{% set other = '[^' ~ stop ~ ']*' %}
{% set quoted = '[' ~ stop ~ ']\\s*("[^"]*"' ~ other ~ '|' ~ other ~ ')' %}
{% if separator %}
filter(
    transform(
{% if brackets and separator | length == 1 %}
        regexp_extract_all(
            {{ text(separator) }} || {{ listed }},
            {{ text(quoted) }},
            1
        ),
{% else %}
        {{ text_items(listed, text(separator)) }},
{% endif %}
        item -> {{ item }}
    ),
    item -> item != ''
)
{%- else %}
array({{ listed }})
{%- endif %}
{%- endmacro %}
