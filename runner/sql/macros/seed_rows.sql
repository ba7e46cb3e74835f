{#- The rows of a seed, which are texts, by the types of its columns. -#}
{% macro seed_rows(columns, types, rows) %}
select
{% for column in columns %}
    cast({{ name(column) }} as {{ types[loop.index0] }}) as {{ name(column) }},
{% endfor %}
from (
    values
{% for row in rows or [columns] %}
        (
{% for value in row %}
            {{ texts(value) }}{{ ',' if not loop.last }}
{% endfor %}
        ){{ ',' if not loop.last }}
{% endfor %}
) as seed(
{% for column in columns %}
    {{ name(column) }}{{ ',' if not loop.last }}
{% endfor %}
)
{{ 'limit 0' if not rows }}
{% endmacro %}
