{#-
    CTE `latest` over statements: per profile and objective the last, by the
    time of its file and then by its line. Of files of the same time, one that
    refuses counts (C1).
-#}
{% macro latest_consent(said='said', order='origin desc, row_order desc') -%}
numbered_in_files as (

    select
        *,
        row_number() over (
            partition by
                profile_id,
                objective,
                stated_at,
                {{ file_of('origin') }}
            order by {{ order }}
        ) as number_in_file
    from {{ said }}

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

latest as (

    select *
    from numbered
    where number = 1

),
{%- endmacro %}
