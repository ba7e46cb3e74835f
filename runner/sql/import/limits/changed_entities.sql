{#- Grain: one row: what a goal made, changed and removed, in its table. -#}
with

earlier as (

    select * from {{ before }}

),

later as (

    select * from {{ entity.table }}
{% if goal %}
    where goal = {{ text(goal) }}
{% endif %}

),

compared as (

    select
        earlier.{{ entity.id }} is null as is_created,
        later.{{ entity.id }} is null as is_removed,
{# A number: some servers run no condition that is never null behind a join. #}
        case
            when
                false
{% for column in columns %}
                or earlier.{{ column }} is distinct from later.{{ column }}
{% endfor %}
                then 1
            else 0
        end as changes,
        (
            false
{% for column in columns %}
            or (earlier.{{ column }} is not null and later.{{ column }} is null)
{% endfor %}
        ) as is_cleared
    from earlier
    full join later
        on earlier.{{ entity.id }} = later.{{ entity.id }}

),

final as (

    select
        count(*) filter (where not is_created) as earlier_count,
        count(*) filter (where is_created) as created,
        count(*) filter (
            where changes > 0 and not is_created and not is_removed
        ) as changed,
        count(*) filter (
            where is_cleared and not is_created and not is_removed
        ) as cleared,
        count(*) filter (where is_removed) as removed
    from compared

)

select * from final
