{#-
    Which of the equal lines of its file a line is, counted from 1 (R10).
-#}
{% macro line_occurrence(lines) -%}
row_number() over (
            partition by
                {{ file_of(line_origin(lines)) }},
                {{ lines }}.line_hash
            order by {{ row_id(lines) }}
        )
{%- endmacro %}
