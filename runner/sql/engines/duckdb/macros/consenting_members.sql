{#-
    CTEs that an export reads where it asks for consent (C1): `people`, the members of the
    segment; `refused`, those of them who are left out; `members`, the others.
-#}
{% macro consenting_members(segment, objectives) -%}
people as (

    select distinct profile_id
    from {{ segment }}

),

{{ refused_people(objectives) }}

members as (

    select people.profile_id
    from people
    anti join refused
        on people.profile_id = refused.profile_id

),
{%- endmacro %}

{#- CTE `refused` of `people`, by what was said up to now. -#}
{% macro refused_people(objectives) -%}
said as (

    {{ said_before(objectives) }}

),

{{ latest_consent() }}

{{ refused_profiles(objectives) }}
{%- endmacro %}
