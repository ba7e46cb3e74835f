{#-
    A list without repeats, each item where it came first: the engine compares
    each with all before it, but for a long list of which none repeats.
-#}
{% macro distinct_in_order(items) -%}
case
    when
        len({{ items }}) > 100
        and len(list_distinct({{ items }})) = len({{ items }})
        then {{ items }}
    else list_filter(
        {{ items }},
        lambda item, place: list_position({{ items }}, item) = place
    )
end
{%- endmacro %}
