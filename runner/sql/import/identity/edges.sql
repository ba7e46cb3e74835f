{#-
    Grain: one row per pair of identifier values, or of a value and a profile, that belong to
    one customer (P1). Values that stand in one pair alone need no search: they are left out.
{% if is_guarding %}
    Here: without the identifiers that `max_matches` guards.
{% endif %}
-#}
{% set keys = plan.keys | rejectattr('max_matches') | list if is_guarding else plan.keys %}
with

identities as (

    select * from {{ relations.identities }}

),

nodes as (

    select
        identity_id,
        cast([
{% for key in keys %}
            {{ node(text(key.identifier), name('key ' ~ key.number)) }},
{% endfor %}
{% for key in keys %}
            {{ node("''", 'cast(' ~ name('profile ' ~ key.number) ~ ' as varchar)') }}{{ ',' if not loop.last }}
{% endfor %}
        ] as uuid[]) as members
    from identities

),

pairs as (

    select
        list_filter(members, lambda member: member is not null)[1] as node,
        unnest(list_filter(members, lambda member: member is not null)[2:]) as neighbour
    from nodes

),

final as (

    select distinct
        node,
        neighbour
    from pairs
    where node != neighbour

)

select * from final
