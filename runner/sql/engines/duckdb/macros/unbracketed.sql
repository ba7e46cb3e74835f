{#- A text without the brackets around it. -#}
{% macro unbracketed(value, brackets) -%}
{% if brackets %}
{% set shown = without_blanks(value) %}
case
    when
        starts_with({{ shown }}, {{ text(brackets[0]) }})
        and ends_with({{ shown }}, {{ text(brackets[1]) }})
        then ({{ shown }})[2:-2]
    else {{ value }}
end
{%- else %}
{{ value }}
{%- endif %}
{%- endmacro %}
