{#- Grain: one row per chained file source: its lines, those used, keys without a partner. -#}
{% for source in sources %}
select
    {{ text(source.name) }} as source,
    (select count(*) from {{ relations['lines.' ~ source.name] }}) as line_count,
{% if loop.first %}
    (select count(distinct main_row) from {{ relations.rows }}) as used_count,
    0 as missing_count,
{% else %}
    (select count(distinct {{ name(source.name ~ ' row') }}) from {{ relations.rows }}) as used_count,
    (select count(*) from {{ relations.rows }} where {{ name(source.name ~ ' missing') }}) as missing_count,
{% endif %}
    {{ loop.index }} as source_number
{{ 'union all' if not loop.last }}
{% endfor %}
order by source_number
