{#-
    A join: each row once per item of a list, which is a column of `relation`.
-#}
{% macro join_items(items, relation, column) -%}
cross join lateral explode({{ items }}) as {{ relation }}({{ column }})
{%- endmacro %}
