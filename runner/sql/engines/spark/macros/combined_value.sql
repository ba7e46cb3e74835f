{#-
    The value of an identifier of one or several parts; null where a part is.
-#}
{% macro combined_value(parts) -%}
{% if parts | length == 1 %}
{{ parts[0] }}
{%- else %}
case
    when {{ parts | join(' is not null and ') }} is not null
        then {{ json_of_texts(parts) }}
end
{%- endif %}
{%- endmacro %}
