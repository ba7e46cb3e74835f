{#- Grain: one row per combination of values that stands in several rows. -#}
select
{% for item in ([columns] if columns is string else columns) %}
    {{ name(item) }},
{% endfor %}
    count(*) as row_count
from {{ relation }}
where ({{ where }})
group by all
having count(*) > 1
