{#-
    `add`: items come to a list, each once, in the order of their rows (P4).
    Which row gave them is kept in `runner.additions` (P5).
-#}
{% macro applied(item, current, value, is_late, order) -%}
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
{%- endmacro %}
