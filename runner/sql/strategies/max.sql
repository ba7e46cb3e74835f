{#- `max`: the greatest value stays (P4). -#}
{% macro folded(item, rows, order) -%}
max({{ item.column }}) as {{ item.column }}
{%- endmacro %}
{% macro applied(item, current, value, is_late, order) -%}
coalesce(
            greatest({{ current }}, {{ value }}),
            {{ current }},
            {{ value }}
        )
{%- endmacro %}
{% macro of_file(item, value, order) -%}
max({{ item.column }})
{%- endmacro %}
{% macro is_change(item, value, before, earlier, order) -%}
{% set best = 'max(' ~ value ~ ') over files_before' %}
coalesce({{ value }} > coalesce(
            greatest({{ best }}, {{ earlier }}), {{ best }}, {{ earlier }}
        ), {{ value }} is not null and {{ earlier }} is null
            and {{ best }} is null)
{%- endmacro %}
