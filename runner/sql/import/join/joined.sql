{#-
    Grain: one row per joined row of the goal, whether imported before or not
    (R3, R5): its lines, hashes and order, without values (R8).
-#}
{{ config(materialized='temporary', when=is_settling) }}
with

{{ joined_rows(
    plan, relations, chained_rows, row_hashes, line_hashes, is_first
) -}}
final as (

    select
        main_row,
        origin,
{% if plan.tracks_lines %}
        key_hash,
{% endif %}
{% if main.keeps_duplicates %}
        {{ plan.occurrence }},
{% endif %}
{% for source in chained %}
        {{ plan.row_of(source.name) }},
        {{ plan.missing_of(source.name) }},
{% endfor %}
{% for sources in plan.lines %}
        {{ plan.line(loop.index) }},
{% endfor %}
        row_order,
        row_hash,
        known_profile_id,
        known_origin
    from known

)

select * from final
