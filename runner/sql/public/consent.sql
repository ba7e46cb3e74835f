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

numbered_in_files as (

    select
        *,
        row_number() over (
            partition by
                profile_id,
                objective,
                stated_at,
                {{ file_of('origin') }}
            order by origin desc
        ) as number_in_file
    from joint

),

numbered as (

    select
        *,
        row_number() over (
            partition by
                profile_id,
                objective
            order by
                stated_at desc,
                consented
        ) as number
    from numbered_in_files
    where number_in_file = 1

),

consent as (

    select *
    from numbered
    where number = 1

),

final as (

    select
        consent.profile_id,
        consent.objective,
        consent.consented,
        consent.stated_at,
        consent.confirmed_at,
        consent.goal,
        files.path as file,
        {{ line_in('consent.confirmed_origin') }} as line
    from consent
    semi join profiles
        on consent.profile_id = profiles.profile_id
    left join files
        on {{ file_of('consent.confirmed_origin') }} = files.file_id

)

select * from final
