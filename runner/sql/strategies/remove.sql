{#-
    `remove`: the value, or the items of a list, is taken off what others set
    (P4).
-#}
{% macro folded(item, rows, order) -%}
{% if item.declared.multi %}
flatten({{ collected(
            parse_values(item.column, item), is_distinct=true
        ) }})
            as {{ item.column }}
{%- else %}
{{ collected(item.column, is_distinct=true) }} as {{ item.column }}
{%- endif %}
{%- endmacro %}
{% macro applied(item, current, value, is_late, order) -%}
{% if item.declared.multi %}
nullif(
            {{ items_not_in(current, 'folded.' ~ item.column) }},
            {{ list_of([]) }}
        )
{%- else %}
case
            when not coalesce(
                {{ has_item('folded.' ~ item.column, current) }}, false
            )
                then {{ current }}
        end
{%- endif %}
{%- endmacro %}
{% macro of_file(item, value, order) -%}
{% if item.declared.multi %}
flatten({{ collected(value, is_distinct=true) }})
{%- else %}
{{ collected(value, is_distinct=true) }}
{%- endif %}
{%- endmacro %}
{% macro is_change(item, value, before, earlier, order) -%}
{% if item.declared.multi %}
{% set gone = 'flatten(' ~ collected(value) ~ ' over files_before)' %}
coalesce({{ has_any_item(items_not_in(value, gone), earlier) }}, false)
{%- else %}
(
            coalesce({{ has_item(value, earlier) }}, false)
            and not coalesce(
                bool_or({{ has_item(value, earlier) }}) over files_before, false
            )
        )
{%- endif %}
{%- endmacro %}
