{#-
    Grain: one row per profile, or group, that a decision merges into the
    oldest, or that of the earliest row. If two decisions name one profile, the
    second waits for the next run of this model.
-#}
{{ config(materialized='temporary', when=plan.decided) }}
{% set age = [
    'profiles.created_at', 'first_rows.origin', 'profiles.profile_id'
] %}
with

{{ decided_owners(plan.decided) }}

profiles as (

    select
        {{ entity.id }} as profile_id,
        created_at
    from {{ entity.table }}

),

ledger as (

    select
        profile_id,
        origin
    from runner.rows

),

several as (

    select group_number
    from owned
    group by group_number
    having count(*) > 1

),

first_groups as (

    select
        owned.profile_id,
        min(owned.group_number) as group_number
    from owned
    semi join several
        on owned.group_number = several.group_number
    group by owned.profile_id

),

first_rows as (

    select
        ledger.profile_id,
        min(ledger.origin) as origin
    from ledger
    semi join first_groups
        on ledger.profile_id = first_groups.profile_id
    group by ledger.profile_id

),

ready as (

    select
        owned.group_number,
        {{ first_by('profiles.profile_id', age) }} as survivor_id
    from owned
    semi join several
        on owned.group_number = several.group_number
    inner join first_groups
        on owned.profile_id = first_groups.profile_id
    inner join profiles
        on owned.profile_id = profiles.profile_id
    left join first_rows
        on owned.profile_id = first_rows.profile_id
    group by owned.group_number
    having bool_and(owned.group_number = first_groups.group_number)

),

pairs as (

    select
        owned.profile_id as alias_id,
        ready.survivor_id as profile_id
    from owned
    inner join ready
        on owned.group_number = ready.group_number

),

final as (

    select *
    from pairs
    where alias_id != profile_id

)

select * from final
