{#-
    Grain: one row per line that was summed with lines joined to it, where the one of them
    that is nearest the main file is joined to others now: a price that changed, an order that
    went (R3). Where lines have a `key`, one row per line that another of its key replaced.
-#}
{% for sources in plan.lines %}
{% if plan.has_anchor(sources) %}
select earlier.*
from runner.sums as earlier
semi join {{ relations.rows }} as rows_joined
    on earlier.anchor_hash = rows_joined.{{ name('anchor ' ~ loop.index) }}
anti join {{ '(from ' ~ relations.last_rows ~ ' where is_in_force)' if plan.is_keyed(sources) else relations.rows }} as rows_same
    on earlier.line_hash = rows_same.{{ name('line ' ~ loop.index) }}
{% if plan.objectives %}
anti join {{ relations.refused }} as refused
    on earlier.profile_id = refused.profile_id
{% endif %}
where
    earlier.goal = {{ text(plan.name) }}
    and earlier.sources = {{ text(sources | join('+')) }}
union all
{% endif %}
{% endfor %}
select *
from runner.sums
where false
