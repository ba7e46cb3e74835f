{#-
    Grain: one row per pair of values that never are one customer, in either order, with their
    nodes and those of the profiles that have them.
-#}
with

decisions as (

    select listed.*
    from (
        values
{% for item in plan.separated %}
        ({{ item.location.line }}, {{ text(item.one[0]) }}, {{ text(item.one[1]) }}, {{ text(item.other[0]) }}, {{ text(item.other[1]) }}),
        ({{ item.location.line }}, {{ text(item.other[0]) }}, {{ text(item.other[1]) }}, {{ text(item.one[0]) }}, {{ text(item.one[1]) }}){{ ',' if not loop.last }}
{% endfor %}
    ) as listed(line, identifier, value, other_identifier, other_value)

),

final as (

    select
        decisions.*,
        coalesce(known.profile_id = other_known.profile_id, false) as is_one,
        cast(md5(to_json([decisions.identifier, decisions.value])) as uuid) as node,
        {{ node("''", 'cast(known.profile_id as varchar)') }} as owner_node
    from decisions
    left join runner.identifiers as known
        on decisions.value = known.value
        and decisions.identifier = known.identifier
    left join runner.identifiers as other_known
        on decisions.other_value = other_known.value
        and decisions.other_identifier = other_known.identifier

)

select * from final
