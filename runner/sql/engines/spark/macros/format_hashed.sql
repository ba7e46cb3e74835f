{#-
    Text as ad platforms match it: SHA-256 in hexadecimal digits, of the text in
    lower case without blanks around it. Text without anything else is no value.
-#}
{% macro format_hashed(value) -%}
sha2(nullif({{ lower_case(without_blanks(value)) }}, ''), 256)
{%- endmacro %}
