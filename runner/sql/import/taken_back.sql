{#-
    Grain: one row per profile that loses what was summed before: by an earlier form of the
    goal (P5), or from lines that are joined to others now (R3).
-#}
with

amounts as (

    select
        profile_id,
        unnest(string_split(properties, ',')) as property,
        unnest(amounts) as amount
    from {{ amounts }}
    where goal = {{ text(plan.name) }}

),

sums as (

    select
        profile_id,
        property,
        sum(amount) as amount
    from amounts
    where amount is not null
    group by all

),

totals as (

    select
        profile_id,
{% for property in numbers %}
        sum(amount) filter (where property = {{ text(property) }}) as {{ name(property) }},
{% endfor %}
        count(*) as property_count
    from sums
    group by profile_id

),

final as (

    select profiles.* replace (
{% for property in numbers %}
        cast(
            if(
                totals.{{ name(property) }} is null,
                profiles.{{ name(property) }},
                nullif(profiles.{{ name(property) }} - totals.{{ name(property) }}, 0)
            ) as {{ sql_type(types[property]) }}
        ) as {{ name(property) }}{{ ',' if not loop.last }}
{% endfor %}
    )
    from {{ entity.table }} as profiles
    inner join totals
        on profiles.{{ entity.id }} = totals.profile_id

)

select * from final
