{#-
    Grain: one row per profile, objective and period of equal statements of this
    goal (C1), from the first statement to the last. For a person without a
    profile only refusals are kept: they count when the person appears again.
-#}
with

statements as (

    select * from {{ relations.statements }}

),

profiles as (

    select profile_id
    from {{ entity.table }}

),

consent as (

    select *
    from runner.consent
    where goal = {{ text(plan.name) }}

),

fresh as (

    select statements.*
    from statements
    left join profiles
        on statements.profile_id = profiles.profile_id
    where
        profiles.profile_id is not null
        or not statements.consented

),

earlier as (

    select consent.*
    from consent
    semi join fresh
        on consent.profile_id = fresh.profile_id
        and consent.objective = fresh.objective

),

said as (

    select * from fresh
    union all
    select
        profile_id,
        objective,
        consented,
        stated_at,
        origin,
        cast(-1 as hugeint) as row_order
    from earlier
    union all
    select
        profile_id,
        objective,
        consented,
        confirmed_at as stated_at,
        confirmed_origin as origin,
        cast(-1 as hugeint) as row_order
    from earlier

),

ordered as (

    select
        *,
        row_number() over (
            partition by profile_id, objective
            order by stated_at, origin, row_order
        ) as position
    from said

),

numbered as (

    select
        *,
        position - row_number() over (
            partition by profile_id, objective, consented
            order by position
        ) as period
    from ordered

),

final as (

    select
        {{ text(plan.name) }} as goal,
        profile_id,
        objective,
        consented,
        min(stated_at) as stated_at,
        arg_min(origin, position) as origin,
        max(stated_at) as confirmed_at,
        arg_max(origin, position) as confirmed_origin
    from numbered
    group by
        profile_id,
        objective,
        consented,
        period

)

select * from final
