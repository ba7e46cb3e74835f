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

{# A number that no line gives to any more is none, not 0. #}
held as (

    select
        others.profile_id,
        unnest(string_split(others.properties, ',')) as property,
        unnest(others.amounts) as amount
    from runner.sums as others
    semi join sums as given
        on others.profile_id = given.profile_id
{% if is_redefined %}
    where others.goal != {{ text(plan.name) }}
{% endif %}

),

left_over as (

    select distinct
        profile_id,
        property
    from held
    where amount is not null

),

weighed as (

    select
        sums.*,
        left_over.profile_id is not null as is_held
    from sums
    left join left_over
        on sums.profile_id = left_over.profile_id
        and sums.property = left_over.property

),

totals as (

    select
        profile_id,
{% for property in numbers %}
        sum(amount) filter (where property = {{ text(property) }}) as {{ name(property) }},
        bool_or(is_held) filter (where property = {{ text(property) }}) as {{ name('is held ' ~ property) }},
{% endfor %}
        count(*) as property_count
    from weighed
    group by profile_id

),

final as (

    select profiles.* replace (
{% for property in numbers %}
        cast(
            if(
                totals.{{ name(property) }} is null,
                profiles.{{ name(property) }},
                nullif(
                    profiles.{{ name(property) }} - totals.{{ name(property) }},
                    if(totals.{{ name('is held ' ~ property) }}, null, 0)
                )
            ) as {{ sql_type(types[property]) }}
        ) as {{ name(property) }}{{ ',' if not loop.last }}
{% endfor %}
    )
    from {{ entity.table }} as profiles
    inner join totals
        on profiles.{{ entity.id }} = totals.profile_id

)

select * from final
