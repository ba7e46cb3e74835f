{#-
    `set` with `latest_by`: of the rows that give a value the one with the
    greatest order wins, whenever it comes (P8).
-#}
{% macro folded(item, rows, order) -%}
{{ last_by(item.column, [held_order(order.column), 'row_order']) }}
            as {{ item.column }},
        max({{ held_order(order.column) }}) filter (
            where {{ item.column }} is not null
        ) as {{ order.column }}
{%- endmacro %}
{% macro applied(item, current, value, is_late, order) -%}
case
            when
                {{ value }} is null
                or folded.{{ order.column }} < earlier_orders.{{ order.column }}
                then {{ current }}
            else {{ value }}
        end
{%- endmacro %}
{% macro of_file(item, value, order) -%}
{{ last_by(value, [held_order(order.column), 'row_order']) }}
            filter (where {{ item.column }} is not null)
{%- endmacro %}
{% macro is_change(item, value, before, earlier, order) -%}
{% set held = 'by_file.' ~ order.column %}
{% set best = 'max(' ~ held ~ ') over files_before' %}
(
            {{ value }} is not null
            and {{ held }} >= coalesce(greatest(
                {{ best }}, earlier_orders.{{ order.column }}
            ), {{ held }})
            and {{ value }} is distinct from case
                when {{ best }} >= coalesce(
                    earlier_orders.{{ order.column }}, {{ best }}
                )
                    then {{ last_by(value, held) }} over files_before
                else {{ earlier }}
            end
        )
{%- endmacro %}
