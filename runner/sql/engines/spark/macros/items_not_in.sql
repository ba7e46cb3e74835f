{#-
    The items of a list without repeats that another one, which may be null, has
    not. A lambda cannot name a column here: Sail loses it where a filter on its
    result is moved below the projection.
-#}
{% macro items_not_in(items, others) -%}
coalesce(array_except({{ items }}, {{ others }}), {{ items }})
{%- endmacro %}
