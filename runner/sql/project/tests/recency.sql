{#- Grain: one row where the latest time is older than so many days. -#}
select max({{ name(field) }}) as latest
from {{ relation }}
where ({{ where }})
having
    coalesce(
        max({{ name(field) }})
        < current_timestamp - {{ days }} * interval '1 day',
        true
    )
