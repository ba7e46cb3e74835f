{#-
    An aggregate over `"merge.age"`, 1 for the oldest profile, and
    `"merge.recency"`: what a property is when profiles merge (P2). The
    strictest permission level wins.
-#}
{% macro merged_value(column, rule, type, order=none) -%}
{% if type == 'permission_level' %}
{% set level -%}
array_position(
                array('do_not_track', 'anonymous', 'personal'), {{ column }}
            )
{%- endset %}
{{ first_by(column, level) }}
{%- elif rule == 'latest' and order %}
{{ last_by(column, [held_order(order), '"merge.recency"']) }}
{%- elif rule == 'latest' %}
{{ last_by(column, '"merge.recency"') }}
{%- elif rule == 'oldest' %}
{{ first_by(column, '"merge.age"') }}
{%- elif rule == 'highest' %}
max({{ column }})
{%- elif rule == 'lowest' %}
min({{ column }})
{%- elif rule == 'sum' %}
cast(try_sum({{ column }}) as {{ sql_type(type) }})
{%- elif rule == 'both' %}
nullif(flatten(filter(
            {{ ordered_list(column, '"merge.age"') }},
            items -> items is not null
        )), array())
{%- else %}
any_value({{ column }}, true) filter (where "merge.is_survivor")
{%- endif %}
{%- endmacro %}
