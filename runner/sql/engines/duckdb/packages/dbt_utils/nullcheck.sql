{#- Columns, each null where it is an empty text. -#}
{% macro nullcheck(cols) -%}
{%- for column in cols -%}
nullif({{ column }}, '') as {{ column }}
{{- ',' if not loop.last }}
{% endfor -%}
{%- endmacro %}
