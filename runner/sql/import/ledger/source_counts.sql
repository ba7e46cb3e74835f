{#-
    Grain: one row per file source: its lines, those used, different keys
    without a partner.
-#}
{% for source in sources %}
{% set row = 'main_row' if loop.first else plan.row_of(source.name) %}
{% set missing = 'null' if loop.first else plan.missing_of(source.name) %}
select
    {{ text(source.name) }} as source,
    (
        select count(*) from {{ relations['lines.' ~ source.name] }}
    ) as line_count,
    count(distinct {{ row }}) as used_count,
    count(distinct {{ missing }}) as missing_count,
    {{ loop.index }} as source_number
from {{ relations.joined }}
{{ 'union all' if not loop.last }}
{% endfor %}
order by source_number
