{#-
    CTEs over `said`, one row per statement: `latest`, one row per profile and objective with
    what was said last, by the time of the file and then by its place (C1).
-#}
{% macro latest_consent() -%}
latest as (

    select
        profile_id,
        objective,
        consented
    from said
    qualify row_number() over (
        partition by profile_id, objective
        order by stated_at desc, origin desc, row_order desc
    ) = 1

),
{%- endmacro %}

{#-
    CTE `refused`, one row per profile of `people` that is not to be processed, with why: it
    consented to none of the objectives that are opt_in, and not left all those that are opt_out.
-#}
{% macro refused_profiles(objectives) -%}
{% set asked = objectives | selectattr('consent', 'equalto', 'opt_in') | map(attribute='name') | map('text') | join(', ') %}
{% set silent = objectives | selectattr('consent', 'equalto', 'opt_out') | map(attribute='name') | map('text') | join(', ') %}
judged as (

    select
        people.profile_id,
{% if asked %}
        coalesce(bool_or(latest.consented and latest.objective in ({{ asked }})), false) as is_given,
{% else %}
        false as is_given,
{% endif %}
{% if silent %}
        coalesce(bool_or(not latest.consented and latest.objective in ({{ silent }})), false) as is_taken,
{% else %}
        true as is_taken,
{% endif %}
        coalesce(bool_or(not latest.consented), false) as is_refused
    from people
    left join latest
        on people.profile_id = latest.profile_id
    group by people.profile_id

),

refused as (

    select
        profile_id,
        if(is_refused, 'refused', 'never_asked') as reason
    from judged
    where not is_given and is_taken

),
{%- endmacro %}

{#- What was said before, as `latest_consent` takes it. -#}
{% macro said_before(objectives) -%}
select
        profile_id,
        objective,
        consented,
        confirmed_at as stated_at,
        confirmed_origin as origin,
        cast(-1 as hugeint) as row_order
    from runner.consent
    where objective in ({{ objectives | map(attribute='name') | map('text') | join(', ') }})
{%- endmacro %}
