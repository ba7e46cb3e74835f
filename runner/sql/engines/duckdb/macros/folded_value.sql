{#-
    Aggregates of what rows give a property: `first` and `last` order them, and
    `again` is true of known ones.
-#}
{% macro folded_value(item, is_late, first, last, again) -%}
{% if item.strategy == 'set' %}
arg_max({{ item.column }}, {{ last }}) as {{ item.column }}
{%- elif item.strategy in ('max', 'min') %}
{{ item.strategy }}({{ item.column }}) as {{ item.column }}
{%- elif item.strategy == 'set_if_empty' %}
arg_min({{ item.column }}, {{ first }}) as {{ item.column }}
{%- if is_late %}
{% set values = item.column %}
{% if item.declared.multi %}
{% set values = parse_values(item.column, item) %}
{% endif %}
,
        list(distinct {{ values }}) filter (
            where {{ again }} and {{ item.column }} is not null
        ) as {{ name('known_' ~ item.name) }}
{%- endif %}
{%- elif item.strategy == 'set_or_clear' %}
arg_max_null({{ item.column }}, {{ last }})
            {{ where_parsed(item) }} as {{ item.column }},
        coalesce(bool_or(
            {{ item.rejected ~ ' is null' if item.may_be_rejected else 'true' }}
        ), false)
            as {{ name('is_set_' ~ item.name) }}
{%- elif item.declared.multi %}
flatten(list(distinct {{ parse_values(item.column, item) }}))
            as {{ item.column }}
{%- else %}
list(distinct {{ item.column }}) as {{ item.column }}
{%- endif %}
{%- endmacro %}
