{#-
    Grain: one row per summed line whose sum no longer holds: the line joined to
    it that is nearest the main file is joined to others now (R3), such as an
    order whose price changed, or another line replaced it under its `key`.
-#}
with

sums as not materialized (

    select *
    from runner.sums
    where goal = {{ text(plan.name) }}

),

rows_read as not materialized (

    select * from {{ relations.rows }}

),

{% if plan.line_key %}
rows_in_force as not materialized (

    select *
    from {{ relations.last_rows }}
    where is_in_force

),

{% endif %}
{% if plan.objectives %}
refused as not materialized (

    select profile_id
    from {{ relations.refused }}

),

{% endif %}
{% for sources in plan.lines if plan.has_anchor(sources) %}
{% set number = plan.lines.index(sources) + 1 %}
superseded_{{ number }} as (

    select sums.*
    from sums
    semi join rows_read as rows_joined
        on sums.anchor_hash = rows_joined.{{ plan.anchor(number) }}
    anti join {{ 'rows_in_force' if plan.is_keyed(sources) else 'rows_read' }}
        as rows_same
        on sums.line_hash = rows_same.{{ plan.line(number) }}
{% if plan.objectives %}
    anti join refused
        on sums.profile_id = refused.profile_id
{% endif %}
    where sums.sources = {{ text(sources | join('+')) }}

),

{% endfor %}
final as (

{% for sources in plan.lines if plan.has_anchor(sources) %}
    select * from superseded_{{ plan.lines.index(sources) + 1 }}
    union all
{% endfor %}
    select *
    from sums
    where false

)

select * from final
