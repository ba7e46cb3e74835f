{#-
    Grain: one row per row that a unit test states; an omitted value is null.
-#}
{% for row in rows %}
select
{% for column in columns %}
    {{ texts(row.get(column)) }} as {{ name(column) }}{{ ',' if not loop.last }}
{% endfor %}
{{ 'union all' if not loop.last }}
{% endfor %}
