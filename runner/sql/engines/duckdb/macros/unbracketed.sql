{#- A text without the brackets around it. -#}
{% macro unbracketed(value, brackets) -%}
{% if brackets %}
case
    when
        starts_with(trim({{ value }}), {{ text(brackets[0]) }})
        and ends_with(trim({{ value }}), {{ text(brackets[1]) }})
        then trim({{ value }})[2:-2]
    else {{ value }}
end
{%- else %}
{{ value }}
{%- endif %}
{%- endmacro %}
