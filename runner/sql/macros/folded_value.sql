{#-
    Aggregates of what rows give a property. Of the `rows`, `first` and `last`
    order them, `again` is true of known ones, and with `is_late` (P8) these
    count.
-#}
{% macro folded_value(item, rows, order=none) -%}
{{ strategy_of(item, order).folded(item, rows, order) }}
{%- endmacro %}
