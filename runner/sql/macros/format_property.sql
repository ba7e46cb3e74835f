{#-
    A property as text: one value, or those of a list, separated; hashed where
    asked.
-#}
{% macro format_property(column, declared, dialect, is_hashed=false) -%}
{% if declared.multi %}
{{ format_list(column, declared.type, dialect, is_hashed) }}
{%- elif is_hashed %}
{{ format_hashed(format_value(column, declared.type, dialect)) }}
{%- else %}
{{ format_value(column, declared.type, dialect) }}
{%- endif %}
{%- endmacro %}
