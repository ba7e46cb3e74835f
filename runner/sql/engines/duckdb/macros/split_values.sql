{#-
    The items of a text, trimmed, without quotes inside brackets and empty ones.
    A separator inside the quotes of an item in brackets separates nothing.
-#}
{% macro split_values(value, format) -%}
{% set separator = format.multi_value_separator %}
{% set brackets = format.multi_value_brackets %}
{% set listed = unbracketed('cast(' ~ value ~ ' as varchar)', brackets) %}
{% set item = without_blanks('item') %}
{% set item = 'trim(' ~ item ~ ", '\"')" if brackets else item %}
{% set stop = '\\' ~ separator if separator in '\\]^-' else separator %}
{% set other = '[^' ~ stop ~ ']*' %}
{% set quoted = '[' ~ stop ~ ']\\s*("[^"]*"' ~ other ~ '|' ~ other ~ ')' %}
{% if separator %}
list_filter(
    list_transform(
{% if brackets and separator | length == 1 %}
        regexp_extract_all(
            {{ text(separator) }} || {{ listed }},
            {{ text(quoted) }},
            1
        ),
{% else %}
        string_split({{ listed }}, {{ text(separator) }}),
{% endif %}
        lambda item: {{ item }}
    ),
    lambda item: item != ''
)
{%- else %}
[{{ listed }}]
{%- endif %}
{%- endmacro %}
