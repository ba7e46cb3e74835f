{#-
    Grain: one row per value that was summed from lines joined together, where the line nearest
    the main file is joined to other lines now: a price that changed, an order that went (R3).
-#}
{% for item in plan.assignments if item.strategy == 'sum' and plan.lines[item.line - 1] | length > 1 %}
select earlier.*
from runner.sums as earlier
semi join {{ relations.rows }} as rows_joined
    on earlier.anchor_hash = rows_joined.{{ name('anchor ' ~ item.line) }}
anti join {{ relations.rows }} as rows_same
    on earlier.line_hash = rows_same.{{ name('line ' ~ item.line) }}
where
    earlier.goal = {{ text(plan.name) }}
    and earlier.property = {{ text(item.name) }}
{{ 'union all' if not loop.last }}
{% else %}
select *
from runner.sums
where false
{% endfor %}
