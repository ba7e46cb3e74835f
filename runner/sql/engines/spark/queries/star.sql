{#- What stands for the columns of a relation in a query. -#}

{#- Grain: as the query that a star is part of. -#}
{% macro columns_of(before, owner, source) %}
{{ before | sql }}
select {{ owner | sql }}*
{{ source | sql }}
{% endmacro %}
