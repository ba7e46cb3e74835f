{#-
    The order of a joined row: by its main line, then by the lines joined to it.
    Packed into one number: an aggregate over a row takes twice as long.
-#}
{% macro row_order(main_row, chained_rows) -%}
{% set count = chained_rows | length %}
{% set bits = {0: 0, 1: 60, 2: 40, 3: 28} %}
{% if not chained_rows %}
{{ main_row }}
{%- elif count in bits %}
{% set shift = ' * ' ~ 2 ** bits[count] %}
cast({{ main_row }} as hugeint){{ shift * count }}
{% for row in chained_rows %}
        + cast(coalesce({{ row }}, -1) + 1 as hugeint)
        {{- shift * (count - loop.index) }}
{% endfor %}
{%- else %}
row_number() over (
            order by
                {{ main_row }},
                {{ chained_rows | join(' nulls first, ') }} nulls first
        )
{%- endif %}
{%- endmacro %}
