{#- A difference in which null counts as 0. -#}
{% macro safe_subtract(field_list) -%}
{% for field in field_list -%}
    coalesce({{ field }}, 0){{ ' - ' if not loop.last }}
{%- endfor %}
{%- endmacro %}
