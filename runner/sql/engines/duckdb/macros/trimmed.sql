{#-
    A text without blanks around it; null where it is a null value (R1). Few
    values have such blanks: looking for them takes half the time of trimming
    all.
-#}
{% macro trimmed(column, format) -%}
{% set value = name(column) %}
{% set nulls = format.null_values | list %}
{% set words = nulls | select | map('text') | join(', ') %}
{% if not format.trim %}
{{ nulled(value, nulls) }}
{%- else %}
case
        when
            {{ value }} > '!'
            and not ends_with({{ value }}, ' ')
            and not ends_with({{ value }}, {{ text('\t') }})
{% if words %}
            and {{ value }} not in ({{ words }})
{% endif %}
            then {{ value }}
        else {{ nulled('trim(' ~ value ~ ', ' ~ text(' \t') ~ ')', nulls) }}
    end
{%- endif %}
{%- endmacro %}
