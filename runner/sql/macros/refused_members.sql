{#-
    CTE `refused`: those of `candidates` who are left out, by what was said
    (C1).
-#}
{% macro refused_members(objectives) -%}
stated as (

    {{ said_before(objectives) }}

),

said as (

    {{ of_customers('stated') }}

),

{{ latest_consent() }}

{{ refused_profiles(objectives) }}
{%- endmacro %}
