{#-
    Of the lines of main files that one summed line is joined to, the first of
    the last file has 1: it decides whose the line is (R3).
-#}
{% macro line_rank() -%}
row_number() over (
            partition by
                goal,
                sources,
                line_hash
            order by
                modified_at desc,
                path desc,
                origin,
                anchor_hash
        )
{%- endmacro %}
