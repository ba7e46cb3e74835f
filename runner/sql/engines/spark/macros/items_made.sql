{#-
    A list of what an expression makes of each item, called by a name. Its
    position is called `position`, where that is named; the first has 1.
-#}
{% macro items_made(items, item, expression, position=none) -%}
{% if position %}
{# Spark counts from 0: the inner list gives the position its name. #}
transform(
            {{ items }},
            ({{ item }}, place) -> get(transform(
                array(place + 1), {{ position }} -> {{ expression }}
            ), 0)
        )
{%- else %}
transform(
            {{ items }},
            {{ item }} -> {{ expression }}
        )
{%- endif %}
{%- endmacro %}
