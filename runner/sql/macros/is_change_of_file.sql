{#-
    Whether the value that a file gives a property (`by_file`) changes what the
    files before it, and the `earlier` profile, left. Needs the window
    `files_before`.
-#}
{% macro is_change_of_file(item, order=none) -%}
{% set value = 'by_file.' ~ item.column %}
{% set earlier = 'earlier.' ~ name(item.name) %}
{% set before = 'last_value(' ~ value ~ ' ignore nulls) over files_before' %}
{% if order %}
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
{%- elif item.strategy in ('max', 'min') %}
{% set sign = '>' if item.strategy == 'max' else '<' %}
{% set compared = 'greatest' if item.strategy == 'max' else 'least' %}
{% set best = item.strategy ~ '(' ~ value ~ ') over files_before' %}
coalesce({{ value }} {{ sign }} coalesce(
            {{ compared }}({{ best }}, {{ earlier }}), {{ best }}, {{ earlier }}
        ), {{ value }} is not null and {{ earlier }} is null
            and {{ best }} is null)
{%- elif item.strategy == 'set_if_empty' %}
({{ value }} is not null and coalesce({{ before }}, {{ earlier }}) is null)
{%- elif item.strategy == 'set_or_clear' %}
(
            {{ value }} is not null
            and {{ value }}.value is distinct from case
                when {{ before }} is null then {{ earlier }}
                else ({{ before }}).value
            end
        )
{%- elif item.strategy == 'remove' and item.declared.multi %}
{% set gone = 'flatten(' ~ collected(value) ~ ' over files_before)' %}
coalesce({{ has_any_item(items_not_in(value, gone), earlier) }}, false)
{%- elif item.strategy == 'remove' %}
(
            coalesce({{ has_item(value, earlier) }}, false)
            and not coalesce(
                bool_or({{ has_item(value, earlier) }}) over files_before, false
            )
        )
{%- else %}
(
            {{ value }} is not null
            and {{ value }} is distinct from coalesce(
                {{ before }}, {{ earlier }}
            )
        )
{%- endif %}
{%- endmacro %}
