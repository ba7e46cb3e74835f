{#- A text without the brackets around it. -#}
{% macro unbracketed(value, brackets) -%}
{% if brackets %}
{% set shown = without_blanks(value) %}
case
    when
        startswith({{ shown }}, {{ text(brackets[0]) }})
        and endswith({{ shown }}, {{ text(brackets[1]) }})
        then substr({{ shown }}, 2, greatest(length({{ shown }}) - 2, 0))
    else {{ value }}
end
{%- else %}
{{ value }}
{%- endif %}
{%- endmacro %}
