{#-
    The order of a joined row: by its main line, then by the lines joined to it,
    packed into one number.
-#}
{% macro row_order(main_row, chained_rows) -%}
{% set count = chained_rows | length %}
{% set bits = {0: 0, 1: 60, 2: 40, 3: 28} %}
{% set wide = stored_type('order') %}
{% if not chained_rows %}
{{ main_row }}
{%- elif count in bits %}
cast({{ main_row }} as {{ wide }})
        * cast('{{ 2 ** (bits[count] * count) }}' as {{ wide }})
{% for row in chained_rows %}
        + cast(coalesce({{ row }}, -1) + 1 as {{ wide }})
{% set factor = 2 ** (bits[count] * (count - loop.index)) %}
            * cast('{{ factor }}' as {{ wide }})
{% endfor %}
{%- else %}
row_number() over (
            order by
                {{ main_row }},
                {{ chained_rows | join(' nulls first, ') }} nulls first
        )
{%- endif %}
{%- endmacro %}
