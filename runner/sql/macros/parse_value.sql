{#-
    A value as its property's type, null where it is invalid (R6). Text is read
    by the stated format; an expression that is typed already is cast.
-#}
{% macro parse_value(value, type, format, is_text=false) -%}
{% set shown = without_blanks('cast(' ~ value ~ ' as string)') %}
{% if type == 'text' %}
cast({{ value }} as string)
{%- elif type == 'time or number' %}
{{ parse_order('cast(' ~ value ~ ' as string)', format) }}
{%- elif is_text %}
{% set is_word = type == 'boolean' and not format.trim %}
{{ parse_text(shown if is_word else value, type, format) }}
{%- else %}
case
    when {{ gives_text(value) }}
        then {{ parse_text(shown, type, format) }}
    else try_cast({{ value }} as {{ sql_type(type) }})
end
{%- endif %}
{%- endmacro %}
