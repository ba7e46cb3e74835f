{#-
    Grain: one row per profile, objective and run of equal statements of this goal (C1): from
    the first time that it said so up to the last. Of people who are no profiles, refusals
    alone are kept: they count when such a person comes again.
-#}
with

fresh as (

    select statements.*
    from {{ relations.statements }} as statements
    left join {{ entity.table }} as profiles
        on statements.profile_id = profiles.profile_id
    where
        profiles.profile_id is not null
        or not statements.consented

),

earlier as (

    select runs.*
    from runner.consent as runs
    semi join fresh
        on runs.profile_id = fresh.profile_id
        and runs.objective = fresh.objective
    where runs.goal = {{ text(plan.name) }}

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

placed as (

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
        ) as run
    from placed

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
        run

)

select * from final
