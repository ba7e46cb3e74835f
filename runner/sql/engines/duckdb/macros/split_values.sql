{#-
    The items of a text, trimmed, without quotes inside brackets and empty ones.
-#}
{% macro split_values(value, format) -%}
{% set brackets = format.multi_value_brackets %}
{% set listed = unbracketed('cast(' ~ value ~ ' as varchar)', brackets) %}
{% set item = without_blanks('item') %}
{% set item = 'trim(' ~ item ~ ", '\"')" if brackets else item %}
{% if format.multi_value_separator %}
list_filter(
    list_transform(
        string_split({{ listed }}, {{ text(format.multi_value_separator) }}),
        lambda item: {{ item }}
    ),
    lambda item: item != ''
)
{%- else %}
[{{ listed }}]
{%- endif %}
{%- endmacro %}
