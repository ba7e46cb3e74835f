{#-
    Grain: one row per pair of identifier values, or of a value and a profile, that belong to
    one customer (P1). Values that stand in one pair alone need no search: they are left out.
-#}
with

identities as (

    select * from {{ relations.identities }}

),

nodes as (

    select
        identity_id,
        [
{% for key in plan.keys %}
            {{ node(text(key.identifier), name('key ' ~ key.number)) }},
{% endfor %}
{% for key in plan.keys %}
            {{ node("''", 'cast(' ~ name('profile ' ~ key.number) ~ ' as varchar)') }}{{ ',' if not loop.last }}
{% endfor %}
        ] as members
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
