{#- Grain: one row per combination of values that stands in several rows. -#}
{% set names = ([columns] if columns is string else columns) | map('name') %}
{% set names = names | join(',\n    ') %}
select
    {{ names }},
    count(*) as row_count
from {{ relation }}
where ({{ where }})
group by
    {{ names }}
having count(*) > 1
