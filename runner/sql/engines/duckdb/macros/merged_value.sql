{#-
    An aggregate: what a property is where several profiles become one (P2). The profiles have
    an `age`, from the oldest on, and a `recency`, from the one that changed first on. Of permission levels the strictest counts.
-#}
{% macro merged_value(column, rule, type) -%}
{% if type == 'permission_level' %}
arg_min({{ column }}, list_position(['do_not_track', 'anonymous', 'personal'], {{ column }}))
{%- elif rule == 'latest' %}
arg_max({{ column }}, recency)
{%- elif rule == 'oldest' %}
arg_min({{ column }}, age)
{%- elif rule == 'highest' %}
max({{ column }})
{%- elif rule == 'lowest' %}
min({{ column }})
{%- elif rule == 'sum' %}
cast(sum({{ column }}) as {{ sql_type(type) }})
{%- elif rule == 'both' %}
nullif(flatten({{ ordered_list(column, 'age') }}), [])
{%- else %}
any_value({{ column }}) filter (where is_survivor)
{%- endif %}
{%- endmacro %}
