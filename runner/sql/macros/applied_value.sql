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
{{ strategy_of(item, order).applied(item, current, value, is_late, order) }}
{%- endmacro %}
