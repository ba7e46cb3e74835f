{#-
    CTE `latest` over the statements of `said`: per profile and objective the
    last, by the time of its file and then by its line. Of files of the same
    time, one that refuses counts (C1).
-#}
{% macro latest_consent() -%}
last_of_files as (

    select *
    from said
    qualify row_number() over (
        partition by
            profile_id,
            objective,
            stated_at,
            {{ file_of('origin') }}
        order by
            origin desc,
            row_order desc
    ) = 1

),

latest as (

    select
        profile_id,
        objective,
        consented
    from last_of_files
    qualify row_number() over (
        partition by
            profile_id,
            objective
        order by
            stated_at desc,
            consented
    ) = 1

),
{%- endmacro %}
