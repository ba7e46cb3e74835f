{#-
    CTEs of an export that asks for consent (C1): `candidates`, the members of
    the segment; `refused`, those of them who are left out; `members`, the
    others.
-#}
{% macro consenting_members(segment, objectives) -%}
candidates as (

    select distinct profile_id
    from {{ segment }}

),

{{ refused_members(objectives) }}

members as (

    select candidates.profile_id
    from candidates
    anti join refused
        on candidates.profile_id = refused.profile_id

),
{%- endmacro %}
