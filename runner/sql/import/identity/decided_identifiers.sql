{#-
    Grain: one row per value that no profile has yet, and that a decision gives
    to the profile with another value.
-#}
{{ config(
    materialized='append',
    into='runner.identifiers',
    when=plan.decided,
    on_call=true
) }}
with

{{ decided_owners(plan.decided) }}

final as (

    select
        decided.identifier,
        decided.value,
        owned.profile_id
    from decided
    inner join owned
        on decided.group_number = owned.group_number
    anti join known
        on decided.value = known.value
        and decided.identifier = known.identifier

)

select * from final
