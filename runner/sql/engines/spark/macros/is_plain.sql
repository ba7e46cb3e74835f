{#-
    Whether a text is ASCII without blanks around it, as most are. False for
    some that are, such as `!`.
-#}
{% macro is_plain(value) -%}
{{ value }} > '!'
and not {{ value }} rlike '[ \t\n\r\f\x{b}]\z'
and {{ is_ascii(value) }}
{%- endmacro %}
