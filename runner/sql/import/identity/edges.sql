{#-
    Grain: one row per pair of identifier values, or of a value and a profile,
    of one customer (P1); a value in no pair needs no search. `open_edges`
    leaves out the identifiers that `max_matches` limits.
-#}
{{ config(materialized='temporary', when=plan.is_guarded or not is_guarding) }}
{% set keys = plan.identity_keys %}
{% if is_guarding %}
{% set keys = keys | rejectattr('max_matches') | list %}
{% endif %}
{% set members = namespace(nodes=[]) %}
{% for key in keys %}
{% set value = node(text(key.identifier), key.column) %}
{% set members.nodes = members.nodes + [value] %}
{% endfor %}
{% for key in keys %}
{% set members.nodes = members.nodes + [profile_node(key.profile)] %}
{% endfor %}
with

identities as (

    select * from {{ relations.identities }}

),

{% if plan.limited_keys %}
over_limit as (

    select
        identity_id,
        kept
    from {{ relations.over_limit }}

),

linking as (

    select
{% for key in keys %}
{% set is_kept %}
over_limit.kept is null
            or {{ has_item('over_limit.kept', key.number) }}
{%- endset %}
        if({{ is_kept }}, identities.{{ key.column }}, null)
            as {{ key.column }},
        if({{ is_kept }}, identities.{{ key.profile }}, null)
            as {{ key.profile }},
{% endfor %}
        identities.identity_id
    from identities
    left join over_limit
        on identities.identity_id = over_limit.identity_id

),

{% endif %}

nodes as (

    select
        identity_id,
        {{ list_of(members.nodes, stored_type('id')) }} as members
    from {{ 'linking' if plan.limited_keys else 'identities' }}

),

present as (

    select
        {{ items_where('members', 'member', 'member is not null') }} as members
    from nodes

),

pairs as (

    select
        {{ item_at('members', 1) }} as node,
        {{ each_item(items_from('members', 2)) }} as neighbour
    from present

),

final as (

    select distinct
        node,
        neighbour
    from pairs
    where node != neighbour

)

select * from final
