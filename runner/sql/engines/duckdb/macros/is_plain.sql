{#-
    Whether a text is ASCII without blanks around it, as most are: three times
    as fast as a regular expression. False for some that are, such as `!`.
-#}
{% macro is_plain(value) -%}
{{ value }} > '!'
and not ends_with({{ value }}, ' ')
{% for blank in ('t', 'n', 'r', 'f', 'x0b') %}
and not ends_with({{ value }}, e'\{{ blank }}')
{% endfor %}
and {{ is_ascii(value) }}
{%- endmacro %}
