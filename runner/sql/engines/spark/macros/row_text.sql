{#- All values of a row of a relation, with their names, as one text. -#}
{% macro row_text(relation) -%}
to_json(struct({{ relation }}.*))
{%- endmacro %}
