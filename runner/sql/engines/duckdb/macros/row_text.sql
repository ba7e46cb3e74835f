{#- All values of a row of a relation, with their names, as one text. -#}
{% macro row_text(relation) -%}
cast(to_json({{ relation }}) as string)
{%- endmacro %}
