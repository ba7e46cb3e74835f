{#-
    Grain: one row per addition that is retracted: of rows that another of the
    same `key` replaced or deleted. `earlier_additions` has all that an earlier
    definition of the goal added (P5).
-#}
{{ config(
    materialized='temporary' if is_redefined else 'delete',
    into='runner.additions',
    key=['goal', 'property', 'profile_id', 'row_hash'],
    when=lists if is_redefined else plan.tracks_lines and plan.adds
) }}
select earlier.*
from runner.additions as earlier
{% if not is_redefined %}
semi join {{ relations.superseded_keys }} as superseded_keys
    on earlier.row_hash = superseded_keys.row_hash
{% endif %}
where earlier.goal = {{ text(plan.name) }}
