{#-
    Text as ad platforms match it: SHA-256 in hexadecimal digits, of the text in
    lower case without blanks around it. Text without anything else is no value.
-#}
{% macro format_hashed(value) -%}
sha256(nullif(lower({{ without_blanks(value) }}), ''))
{%- endmacro %}
