{#- A value that a link compares: text, null where it is empty (R3). -#}
{% macro join_key(value) -%}
{% if value.is_column %}
{{ value.sql }}
{%- else %}
nullif(cast(
            {{ written(value) }}
        as varchar), '')
{%- endif %}
{%- endmacro %}
