{#- Grain: one row per value that has no partner in the other relation. -#}
select child.{{ column }} as value
from (
    select * from {{ relation }}
    where {{ where }}
) as child
left join {{ to }} as parent
    on child.{{ column }} = parent.{{ '"' ~ field ~ '"' }}
where
    child.{{ column }} is not null
    and parent.{{ '"' ~ field ~ '"' }} is null
