{#-
    Grain: one row per file of a goal with rows that were left out for want of
    consent, and whose person consents now (C1): they said so in a later file.
-#}
{% set names = objectives | map(attribute='name') | map('text') | join(', ') %}
with

pending as (

    select
        profile_id,
        {{ file_of('origin') }} as file_id
    from runner.pending_rows
    where
        goal = {{ text(goal) }}
        and outcome = 'no_consent'

),

files as (

    select
        file_id,
        path
    from runner.files

),

consent as (

    select
        profile_id,
        max({{ file_of('greatest(origin, confirmed_origin)') }}) as file_id
    from runner.consent
    where
        objective in ({{ names }})
        and consented
    group by profile_id

),

identifiers as (

    select
        profile_id,
        {{ stable_uuid("identifier || ':' || value") }} as named_id
    from runner.identifiers

),

aliases as (

    select
        profile_id,
        alias_id as named_id
    from runner.aliases

),

{# A row of an unknown person has the id that its own identifier would give. #}
names as (

    select
        profile_id,
        profile_id as named_id
    from consent
    union
    select identifiers.*
    from identifiers
    semi join consent
        on identifiers.profile_id = consent.profile_id
    union
    select aliases.*
    from aliases
    semi join consent
        on aliases.profile_id = consent.profile_id

),

due as (

    select
        names.profile_id,
        pending.file_id
    from pending
    inner join names
        on pending.profile_id = names.named_id
    inner join consent
        on names.profile_id = consent.profile_id
    where
        consent.file_id > pending.file_id
        or pending.profile_id != names.profile_id

),

candidates as (

    select distinct profile_id
    from due

),

{{ refused_members(objectives) }}

final as (

    select distinct files.path
    from due
    inner join files
        on due.file_id = files.file_id
    anti join refused
        on due.profile_id = refused.profile_id

)

select * from final
order by path
