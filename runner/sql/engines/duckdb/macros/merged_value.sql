{#-
    An aggregate over `"merge.age"`, 1 for the oldest profile, and
    `"merge.recency"`: what a property is when profiles merge (P2). The
    strictest permission level wins.
-#}
{#- With `order`, the latest value is the one of the latest such column. -#}
{% macro merged_value(column, rule, type, order=none) -%}
{% if type == 'permission_level' %}
arg_min(
            {{ column }},
            list_position(
                ['do_not_track', 'anonymous', 'personal'], {{ column }}
            )
        )
{%- elif rule == 'latest' and order %}
arg_max({{ column }}, {
            'held': {{ held_order(order) }}, 'recency': "merge.recency"
        })
{%- elif rule == 'latest' %}
arg_max({{ column }}, "merge.recency")
{%- elif rule == 'oldest' %}
arg_min({{ column }}, "merge.age")
{%- elif rule == 'highest' %}
max({{ column }})
{%- elif rule == 'lowest' %}
min({{ column }})
{%- elif rule == 'sum' %}
cast(sum({{ column }}) as {{ sql_type(type) }})
{%- elif rule == 'both' %}
nullif(flatten({{ ordered_list(column, '"merge.age"') }}), [])
{%- else %}
any_value({{ column }}) filter (where "merge.is_survivor")
{%- endif %}
{%- endmacro %}
