{#- Whether a list has an item; null where either is null. -#}
{% macro has_item(items, item) -%}
case
            when {{ item }} is not null
                then array_contains({{ items }}, {{ item }})
        end
{%- endmacro %}
