{#-
    Grain: one row per person without a profile who refused, and profile of the
    batch whose rows have an identifier of theirs (C1).
-#}
{{ config(materialized='temporary', when=plan.objectives) }}
with

refusals as (

    select
        identifier,
        value_hash,
        profile_id
    from runner.refusals

),

keyed as (

{% for key in plan.identity_keys %}
{% set value = 'rows_read.' ~ key.column %}
    select
        links.profile_id,
        {{ text(key.identifier) }} as identifier,
        {{ identifier_hash(text(key.identifier), value) }} as value_hash
    from {{ rows_with_links(relations.rows, relations.linked) }}
    where
        links.profile_id is not null
        and {{ value }} is not null
        and exists (select 1 from refusals)
{{ '    union all' if not loop.last }}
{% endfor %}

),

final as (

    select distinct
        refusals.profile_id as refuser_id,
        keyed.profile_id
    from refusals
    inner join keyed
        on refusals.identifier = keyed.identifier
        and refusals.value_hash = keyed.value_hash
    where refusals.profile_id != keyed.profile_id

)

select * from final
