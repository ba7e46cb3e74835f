{#-
    What an expression gives; where a condition is given, of rows that meet it.
-#}
{% macro read_text(value, condition='') -%}
{% if condition %}
case when {{ condition }} then
            {{ written(value) }}
        end
{%- else %}
{{ written(value) }}
{%- endif %}
{%- endmacro %}
