{#-
    Grain: one row per profile that a goal summed to, without the sums of that
    goal (P5). A property that no other goal sums is null.
-#}
{{ config(materialized='temporary') }}
{% set changed = namespace(values={}) %}
{% for property in numbers %}
{% set value = changed_sum(
    'profiles.' ~ name(property),
    'totals.' ~ name('earlier_' ~ property),
    'totals.' ~ name('later_' ~ property),
    types[property],
) %}
{% set changed.values = dict(changed.values, **{name(property): value}) %}
{% endfor %}
with

sums as (

    select * from runner.sums

),

files as (

    select
        file_id,
        modified_at,
        path
    from runner.files

),

profiles as (

    select * from {{ entity.table }}

),

ranked as (

    select
        sums.*,
        {{ line_rank() }} as line_rank
    from sums
    left join files
        on {{ file_of('sums.origin') }} = files.file_id

),

counted as (

    select * from ranked
    where line_rank = 1

),

amounts as (

    select
        goal,
        profile_id,
        {{ each_pair(
            text_items('properties', "','"), 'property',
            'amounts', 'amount'
        ) }}
    from counted

),

retracted as (

    select
        profile_id,
        property,
        sum(amount) as earlier,
        sum(amount) filter (where goal != {{ text(plan.name) }}) as later
    from amounts
    where amount is not null
    group by
        profile_id,
        property
    having bool_or(goal = {{ text(plan.name) }})

),

totals as (

    select
        profile_id,
{% for property in numbers %}
{% set is_own = 'property = ' ~ text(property) %}
        {{ some_value('earlier') }} filter (where {{ is_own }})
            as {{ name('earlier_' ~ property) }},
        {{ some_value('later') }} filter (where {{ is_own }})
            as {{ name('later_' ~ property) }},
{% endfor %}
        count(*) as property_count
    from retracted
    group by profile_id

),

final as (

    select {{ all_columns('profiles', replaced=changed.values) }}
    from profiles
    inner join totals
        on profiles.{{ entity.id }} = totals.profile_id

)

select * from final
