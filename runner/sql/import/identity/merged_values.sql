{#-
    Grain: one row per profile, or group, that others become part of, with its
    properties then (P2); a column that no property declares keeps the latest
    value. `merge.` marks what is no property: none has a dot in its name.
-#}
{{ config(materialized='temporary', when=plan.is_merging or plan.decided) }}
{% set lists = merge_rules | dictsort | selectattr(1, 'equalto', 'both') %}
{% set lists = lists | map('first') | list %}
{% set once = namespace(values={}) %}
{% for property in lists %}
{% set value = distinct_in_order('folded.' ~ name(property)) %}
{% set once.values = dict(once.values, **{name(property): value}) %}
{% endfor %}
{% set folded = namespace(columns=[
    '"merge.survivor_id"', '"merge.is_survivor"', '"merge.recency"',
    entity.id, 'created_at', 'updated_at'
]) %}
{% for property in merge_orders %}
{% set column = name('merge.order.' ~ property) %}
{% set folded.columns = folded.columns + [column] %}
{% endfor %}
{% for property in merge_rules %}
{% set folded.columns = folded.columns + [name(property)] %}
{% endfor %}
with

merges as {{ not_materialized() }} (

    select
        alias_id,
        profile_id
    from {{ relations.merges }}

),

profiles as (

    select * from {{ entity.table }}

),

{% if merge_orders %}
latest as (

    select
        property,
        profile_id,
        latest
    from runner.latest

),

{% endif %}
members as (

    select
        alias_id as member_id,
        profile_id as survivor_id
    from merges
    union
    select
        profile_id as member_id,
        profile_id as survivor_id
    from merges

),

{% if merge_orders %}
orders as (

    select
        profile_id,
{% for property in merge_orders %}
        max(latest) filter (where property = {{ text(property) }})
            as {{ name('merge.order.' ~ property) }}
            {{- ',' if not loop.last }}
{% endfor %}
    from latest
    group by profile_id

),

{% endif %}
ranked as (

    select
        members.survivor_id as "merge.survivor_id",
        members.member_id = members.survivor_id as "merge.is_survivor",
        row_number() over (
            partition by members.survivor_id
            order by
                profiles.created_at,
                members.member_id = members.survivor_id desc,
                members.member_id
        ) as "merge.age",
        row_number() over (
            partition by members.survivor_id
            order by
                profiles.updated_at,
                profiles.created_at,
                members.member_id = members.survivor_id,
                members.member_id
        ) as "merge.recency",
{% for property in merge_orders %}
        orders.{{ name('merge.order.' ~ property) }},
{% endfor %}
        profiles.*
    from members
    inner join profiles
        on members.member_id = profiles.{{ entity.id }}
{% if merge_orders %}
    left join orders
        on members.member_id = orders.profile_id
{% endif %}

),

folded as (

    select
        "merge.survivor_id" as {{ entity.id }},
{% for property, rule in merge_rules.items() %}
{% set order = none %}
{% if property in merge_orders %}
{% set order = name('merge.order.' ~ property) %}
{% endif %}
        {{ merged_value(name(property), rule, types[property], order) }}
            as {{ name(property) }},
{% endfor %}
        min(created_at) as created_at,
        max(updated_at) as updated_at,
        {{ last_of_columns(folded.columns, '"merge.recency"') }}
    from ranked
    group by "merge.survivor_id"

),

final as (

    select {{ all_columns('folded', ['"merge.age"'], once.values) }}
    from folded

)

select * from final
