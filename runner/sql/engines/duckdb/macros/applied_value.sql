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
case
            when {{ current }} is null or coalesce(list_contains(
                folded.{{ name('known_' ~ item.name) }}, {{ current }}
            ), false) then {{ value }}
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
case
            when {{ items }} is null then {{ current }}
{% if is_late %}
            when folded.is_again then list_filter(
                coalesce({{ current }}, []),
                lambda item: not list_contains({{ items }}, item)
            ) || {{ items }}
{% endif %}
            else coalesce({{ current }}, []) || list_filter(
                {{ items }},
                lambda item: not list_contains(
                    coalesce({{ current }}, []), item
                )
            )
        end
{%- elif item.declared.multi %}
nullif(list_filter(
            {{ current }},
            lambda item: not coalesce(
                list_contains(folded.{{ item.column }}, item), false
            )
        ), [])
{%- else %}
case
            when not coalesce(
                list_contains(folded.{{ item.column }}, {{ current }}), false
            )
                then {{ current }}
        end
{%- endif %}
{%- endmacro %}
