{#-
    `set_or_clear`: the last value wins, also one that is empty (P4). A text
    that did not parse neither sets nor clears (R6).
-#}
{% macro folded(item, rows, order) -%}
{{ last_or_null_by(item.column, rows.last) }}
            {{ where_parsed(item) }} as {{ item.column }},
        coalesce(bool_or(
            {{ item.rejected ~ ' is null' if item.may_be_rejected else 'true' }}
        ), false)
            as {{ name('is_set_' ~ item.name) }}
{%- endmacro %}
{% macro applied(item, current, value, is_late, order) -%}
case
            when folded.{{ name('is_set_' ~ item.name) }} then {{ value }}
            else {{ current }}
        end
{%- endmacro %}
{# Inside a record, which is null where no row gives a value. #}
{% macro of_file(item, value, order) -%}
{{ last_by(record({'value': value}), 'row_order') }} {{ where_parsed(item) }}
{%- endmacro %}
{% macro is_change(item, value, before, earlier, order) -%}
(
            {{ value }} is not null
            and {{ value }}.value is distinct from case
                when {{ before }} is null then {{ earlier }}
                else ({{ before }}).value
            end
        )
{%- endmacro %}
