{#-
    CTE `refused`: the profiles of `candidates` that may not be processed, with
    the reason. They consented to no opt_in objective; and they refused an
    opt_out objective, or the goal has none.
-#}
{% macro refused_profiles(objectives) -%}
{% set opt_in = objectives | selectattr('consent', 'equalto', 'opt_in') %}
{% set opt_in = opt_in | map(attribute='name') | map('text') | join(', ') %}
{% set opt_out = objectives | selectattr('consent', 'equalto', 'opt_out') %}
{% set opt_out = opt_out | map(attribute='name') | map('text') | join(', ') %}
{% set given = 'latest.consented and latest.objective in (' ~ opt_in ~ ')' %}
{% set left = 'latest.objective in (' ~ opt_out ~ ')' %}
{% set left = 'not latest.consented and ' ~ left %}
judged as (

    select
        candidates.profile_id,
{% if opt_in %}
        coalesce(bool_or({{ given }}), false) as has_consented,
{% else %}
        false as has_consented,
{% endif %}
{% if opt_out %}
        coalesce(bool_or({{ left }}), false) as has_left,
{% else %}
        true as has_left,
{% endif %}
        coalesce(bool_or(not latest.consented), false) as has_refused
    from candidates
    left join latest
        on candidates.profile_id = latest.profile_id
    group by candidates.profile_id

),

refused as (

    select
        profile_id,
        if(has_refused, 'refused', 'never_asked') as reason
    from judged
    where
        not has_consented
        and has_left

),
{%- endmacro %}
