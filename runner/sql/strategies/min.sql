{#- `min`: the least value stays (P4). -#}
{% macro folded(item, rows, order) -%}
min({{ item.column }}) as {{ item.column }}
{%- endmacro %}
{% macro applied(item, current, value, is_late, order) -%}
coalesce(
            least({{ current }}, {{ value }}),
            {{ current }},
            {{ value }}
        )
{%- endmacro %}
{% macro of_file(item, value, order) -%}
min({{ item.column }})
{%- endmacro %}
{% macro is_change(item, value, before, earlier, order) -%}
{% set best = 'min(' ~ value ~ ') over files_before' %}
coalesce({{ value }} < coalesce(
            least({{ best }}, {{ earlier }}), {{ best }}, {{ earlier }}
        ), {{ value }} is not null and {{ earlier }} is null
            and {{ best }} is null)
{%- endmacro %}
