{#-
    A list of what an expression makes of each item, called by a name. Its
    position is called `position`, where that is named; the first has 1.
-#}
{% macro items_made(items, item, expression, position=none) -%}
list_transform(
            {{ items }},
            lambda {{ item }}{{ ', ' ~ position if position }}: {{ expression }}
        )
{%- endmacro %}
