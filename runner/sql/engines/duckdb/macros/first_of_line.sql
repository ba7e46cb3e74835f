{#-
    Of the profiles that one summed line is joined to, the first has its values
    (R3).
-#}
{% macro first_of_line() -%}
qualify row_number() over (
        partition by
            goal,
            sources,
            line_hash
        order by
            origin,
            anchor_hash
    ) = 1
{%- endmacro %}
