{#-
    CTE `latest` over the statements of `said`: per profile and objective the
    last, by the time of its file and then by its place (C1).
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
