{#-
    Where a joined row stands among the others: by its main line, then by the lines joined to
    it. Packed into one number, since an aggregate over a number is twice as fast as over a row.
-#}
{% macro row_order(main_row, chained_rows) -%}
{% set bits = {0: 0, 1: 60, 2: 40, 3: 28} %}
{% if not chained_rows %}
{{ main_row }}
{%- elif chained_rows | length in bits %}
{% set size = 2 ** bits[chained_rows | length] %}
cast({{ main_row }} as hugeint){{ (' * ' ~ size) * (chained_rows | length) }}
{% for row in chained_rows %}
        + cast(coalesce({{ row }}, -1) + 1 as hugeint){{ (' * ' ~ size) * (chained_rows | length - loop.index) }}
{% endfor %}
{%- else %}
row_number() over (
            order by {{ main_row }}, {{ chained_rows | join(' nulls first, ') }} nulls first
        )
{%- endif %}
{%- endmacro %}
