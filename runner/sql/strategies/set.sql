{#- `set`: the last value wins that is not empty (P4). -#}
{% macro folded(item, rows, order) -%}
{{ last_by(item.column, rows.last) }} as {{ item.column }}
{%- endmacro %}
{% macro applied(item, current, value, is_late, order) -%}
coalesce({{ value }}, {{ current }})
{%- endmacro %}
{% macro of_file(item, value, order) -%}
{{ last_by(value, 'row_order') }}
{%- if item.declared.multi %}
 filter (where {{ item.column }} is not null)
{%- endif %}
{%- endmacro %}
{% macro is_change(item, value, before, earlier, order) -%}
(
            {{ value }} is not null
            and {{ value }} is distinct from coalesce(
                {{ before }}, {{ earlier }}
            )
        )
{%- endmacro %}
