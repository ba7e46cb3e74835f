{#-
    Of the lines of main files that one summed line is joined to, the first of
    the last file decides whose it is (R3).
-#}
{% macro first_of_line() -%}
qualify row_number() over (
        partition by
            goal,
            sources,
            line_hash
        order by
            modified_at desc,
            path desc,
            origin,
            anchor_hash
    ) = 1
{%- endmacro %}
