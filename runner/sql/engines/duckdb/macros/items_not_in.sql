{#-
    The items of a list that another one, which may be null, has not: the engine
    compares all of both, but for long lists that have none in common.
-#}
{% macro items_not_in(items, others) -%}
case
            when
                len({{ items }}) * len({{ others }}) > 10000
                and not list_has_any({{ items }}, {{ others }})
                then {{ items }}
            else list_filter(
                {{ items }},
                lambda item: not coalesce(
                    list_contains({{ others }}, item), false
                )
            )
        end
{%- endmacro %}
