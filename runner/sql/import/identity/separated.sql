{#-
    Grain: one row per pair of values that are never one customer, in either
    order, with their nodes and those of the profiles that have them.
-#}
{{ config(materialized='temporary', when=plan.separated) }}
with

decisions as (

    select listed.*
    from (
        values
{% for item in plan.separated %}
{% set is_last = loop.last %}
{% for one, other in ((item.one, item.other), (item.other, item.one)) %}
        (
            {{ item.location.line }},
            {{ (one + other) | map('text') | join(',\n            ') }}
        ){{ '' if is_last and loop.last else ',' }}
{% endfor %}
{% endfor %}
    ) as listed(line, identifier, value, other_identifier, other_value)

),

identifiers as {{ not_materialized() }} (

    select
        identifier,
        value,
        profile_id
    from runner.identifiers

),

final as (

    select
        decisions.*,
        coalesce(known.profile_id = other_known.profile_id, false) as is_one,
        {{ node('decisions.identifier', 'decisions.value') }} as node,
        {{ profile_node('known.profile_id') }} as owner_node
    from decisions
    left join identifiers as known
        on decisions.value = known.value
        and decisions.identifier = known.identifier
    left join identifiers as other_known
        on decisions.other_value = other_known.value
        and decisions.other_identifier = other_known.identifier

)

select * from final
