{#-
    Grain: one row per addition that is taken back:
{% if is_redefined %}
    all that an earlier form of the goal added (P5).
{% else %}
    those of rows that another of the same `key` replaced or withdrew.
{% endif %}
-#}
select earlier.*
from runner.additions as earlier
{% if not is_redefined %}
semi join {{ relations.superseded_keys }} as stale_keys
    on earlier.row_hash = stale_keys.row_hash
{% endif %}
where earlier.goal = {{ text(plan.name) }}
