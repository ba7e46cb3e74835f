{#- The texts of a group, joined. -#}
{% macro listagg(measure, delimiter_text="','", order_by_clause='',
    limit_num=none) -%}
array_to_string(
    (
        array_agg({{ measure }} {{ order_by_clause or '' }})
    ){{ '[1:' ~ limit_num ~ ']' if limit_num }},
    {{ delimiter_text }}
)
{%- endmacro %}
