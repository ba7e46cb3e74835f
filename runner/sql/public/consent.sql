{#-
    Grain: one row per profile and objective with a statement: the last of them.
-#}
with

statements as (

    select *
    from runner.consent

),

profiles as (

    select profile_id
    from main.profiles

),

files as (

    select
        file_id,
        path
    from runner.files

),

joint as (

    {{ of_customers('statements') }}

),

{{ latest_consent('joint', 'origin desc') }}

final as (

    select
        latest.profile_id,
        latest.objective,
        latest.consented,
        latest.stated_at,
        latest.confirmed_at,
        latest.goal,
        files.path as file,
        {{ line_in('latest.confirmed_origin') }} as line
    from latest
    semi join profiles
        on latest.profile_id = profiles.profile_id
    left join files
        on {{ file_of('latest.confirmed_origin') }} = files.file_id

)

select * from final
