{#- The items of a list from a position on, the first at 1. -#}
{% macro items_from(items, position) -%}
slice(
            {{ items }}, {{ position }}, greatest(size({{ items }}), 1)
        )
{%- endmacro %}
