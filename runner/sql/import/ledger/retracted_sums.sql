{#-
    Grain: one row per profile, with its sums less the amounts that are
    retracted: of a changed goal (`retracted_earlier_sums`, P5), of lines joined
    to others now, or of corrected lines (R3). Without any line left: null.
-#}
with

retracted as (

    select
        profile_id,
        unnest(string_split(properties, ',')) as property,
        unnest(amounts) as amount
    from {{ amounts }}
    where goal = {{ text(plan.name) }}

),

kept as (

    select
        profile_id,
        properties,
        amounts
    from runner.sums
{% if is_redefined %}
    where goal != {{ text(plan.name) }}
{% endif %}

),

profiles as (

    select * from {{ entity.table }}

),

sums as (

    select
        profile_id,
        property,
        sum(amount) as amount
    from retracted
    where amount is not null
    group by all

),

kept_amounts as (

    select
        kept.profile_id,
        unnest(string_split(kept.properties, ',')) as property,
        unnest(kept.amounts) as amount
    from kept
    semi join sums
        on kept.profile_id = sums.profile_id

),

still_summed as (

    select distinct
        profile_id,
        property
    from kept_amounts
    where amount is not null

),

compared as (

    select
        sums.*,
        still_summed.profile_id is not null as is_still_summed
    from sums
    left join still_summed
        on sums.profile_id = still_summed.profile_id
        and sums.property = still_summed.property

),

totals as (

    select
        profile_id,
{% for property in numbers %}
{% set is_own = 'property = ' ~ text(property) %}
        sum(amount) filter (where {{ is_own }})
            as {{ name('amount_' ~ property) }},
        bool_or(is_still_summed) filter (where {{ is_own }})
            as {{ name('is_still_summed_' ~ property) }},
{% endfor %}
        count(*) as property_count
    from compared
    group by profile_id

),

final as (

    select profiles.* replace (
{% for property in numbers %}
{% set amount = 'totals.' ~ name('amount_' ~ property) %}
{% set is_summed = 'totals.' ~ name('is_still_summed_' ~ property) %}
        cast(
            if(
                {{ amount }} is null,
                profiles.{{ name(property) }},
                nullif(
                    profiles.{{ name(property) }} - {{ amount }},
                    if({{ is_summed }}, null, 0)
                )
            ) as {{ sql_type(types[property]) }}
        ) as {{ name(property) }}{{ ',' if not loop.last }}
{% endfor %}
    )
    from profiles
    inner join totals
        on profiles.{{ entity.id }} = totals.profile_id

)

select * from final
