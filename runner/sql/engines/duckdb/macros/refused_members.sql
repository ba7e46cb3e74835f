{#-
    CTE `refused`: those of `candidates` who are left out, by what was said
    (C1).
-#}
{% macro refused_members(objectives) -%}
said as (

    {{ said_before(objectives) }}

),

{{ latest_consent() }}

{{ refused_profiles(objectives) }}
{%- endmacro %}
