{#-
    The value of a property after a goal: what the rows gave (`folded`, `summed`
    or the added items), applied to the `earlier` value by its strategy (P4).
-#}
{#-
    With `is_late`, known rows gave the values `known_...`, and new rows come
    before them (P8). The level `personal` is no value: it is that of a profile
    without one.
-#}
{% macro applied_value(item, is_late=false, order=none) -%}
{% set current = 'earlier.' ~ name(item.name) %}
{% if item.declared.type == 'permission_level' %}
{% set current = 'nullif(' ~ current ~ ", 'personal')" %}
{% endif %}
{% set value = 'folded.' ~ item.column %}
{% if item.declared.multi %}
{% set value = parse_values(value, item) %}
{% endif %}
{% if order %}
case
            when
                {{ value }} is null
                or folded.{{ order.column }} < earlier_orders.{{ order.column }}
                then {{ current }}
            else {{ value }}
        end
{%- elif item.strategy in ('max', 'min') %}
{% set compared = 'greatest' if item.strategy == 'max' else 'least' %}
coalesce(
            {{ compared }}({{ current }}, {{ value }}),
            {{ current }},
            {{ value }}
        )
{%- elif item.strategy == 'set' %}
coalesce({{ value }}, {{ current }})
{%- elif item.strategy == 'set_if_empty' and is_late %}
{% set known = 'folded.' ~ name('known_' ~ item.name) %}
case
            when
                {{ current }} is null
                or coalesce({{ has_item(known, current) }}, false)
                then {{ value }}
            else {{ current }}
        end
{%- elif item.strategy == 'set_if_empty' %}
coalesce({{ current }}, {{ value }})
{%- elif item.strategy == 'set_or_clear' %}
case
            when folded.{{ name('is_set_' ~ item.name) }} then {{ value }}
            else {{ current }}
        end
{%- elif item.strategy == 'sum' %}
{{ changed_sum(
    current,
    'summed.' ~ name('earlier_' ~ item.name),
    'summed.' ~ name('later_' ~ item.name),
    item.declared.type,
) }}
{%- elif item.strategy == 'add' %}
{% set items = name('added_' ~ item.name) ~ '.items' %}
{% set held = 'coalesce(' ~ current ~ ', ' ~ list_of([]) ~ ')' %}
case
            when {{ items }} is null then {{ current }}
{% if is_late %}
            when folded.is_again
                then {{ items_not_in(held, items) }} || {{ items }}
{% endif %}
            else {{ held }} || {{ items_not_in(items, held) }}
        end
{%- elif item.declared.multi %}
nullif(
            {{ items_not_in(current, 'folded.' ~ item.column) }},
            {{ list_of([]) }}
        )
{%- else %}
case
            when not coalesce(
                {{ has_item('folded.' ~ item.column, current) }}, false
            )
                then {{ current }}
        end
{%- endif %}
{%- endmacro %}
