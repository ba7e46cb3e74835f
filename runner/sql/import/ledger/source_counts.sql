{#-
    Grain: one row per file source: its lines, those used, different keys
    without a partner.
-#}
{{ config(materialized='read') }}
{% for source in sources %}
{% if source.name == main.name %}
{# Each of its lines gives a row. #}
select
    {{ text(source.name) }} as source,
    count(*) as line_count,
    count(*) as used_count,
    0 as missing_count,
    {{ loop.index }} as source_number
from {{ relations['lines.' ~ source.name] }}
{% else %}
select
    {{ text(source.name) }} as source,
    (
        select count(*) from {{ relations['lines.' ~ source.name] }}
    ) as line_count,
    count(distinct {{ plan.row_of(source.name) }}) as used_count,
    count(distinct {{ plan.missing_of(source.name) }}) as missing_count,
    {{ loop.index }} as source_number
from {{ relations.joined }}
{% endif %}
{{ 'union all' if not loop.last }}
{% endfor %}
order by source_number
