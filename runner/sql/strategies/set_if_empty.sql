{#-
    `set_if_empty`: the first value stays (P4). Where a late file comes before
    known rows, it replaces what these gave (P8).
-#}
{% macro folded(item, rows, order) -%}
{{ first_by(item.column, rows.first) }} as {{ item.column }}
{%- if rows.is_late %}
{% set values = item.column %}
{% if item.declared.multi %}
{% set values = parse_values(item.column, item) %}
{% endif %}
,
        {{ collected(
            values,
            is_distinct=true,
            where=rows.again ~ ' and ' ~ item.column ~ ' is not null'
        ) }} as {{ name('known_' ~ item.name) }}
{%- endif %}
{%- endmacro %}
{% macro applied(item, current, value, is_late, order) -%}
{% if is_late %}
{% set known = 'folded.' ~ name('known_' ~ item.name) %}
case
            when
                {{ current }} is null
                or coalesce({{ has_item(known, current) }}, false)
                then {{ value }}
            else {{ current }}
        end
{%- else %}
coalesce({{ current }}, {{ value }})
{%- endif %}
{%- endmacro %}
{% macro of_file(item, value, order) -%}
{{ strategy('set').of_file(item, value, order) }}
{%- endmacro %}
{% macro is_change(item, value, before, earlier, order) -%}
({{ value }} is not null and coalesce({{ before }}, {{ earlier }}) is null)
{%- endmacro %}
