{#-
    Aggregates of what rows give a property: `first` and `last` order them, and
    `again` is true of known ones.
-#}
{% macro folded_value(item, is_late, first, last, again) -%}
{% if item.strategy == 'set' %}
{{ last_by(item.column, last) }} as {{ item.column }}
{%- elif item.strategy in ('max', 'min') %}
{{ item.strategy }}({{ item.column }}) as {{ item.column }}
{%- elif item.strategy == 'set_if_empty' %}
{{ first_by(item.column, first) }} as {{ item.column }}
{%- if is_late %}
{% set values = item.column %}
{% if item.declared.multi %}
{% set values = parse_values(item.column, item) %}
{% endif %}
,
        {{ collected(
            values,
            is_distinct=true,
            where=again ~ ' and ' ~ item.column ~ ' is not null'
        ) }} as {{ name('known_' ~ item.name) }}
{%- endif %}
{%- elif item.strategy == 'set_or_clear' %}
{{ last_or_null_by(item.column, last) }}
            {{ where_parsed(item) }} as {{ item.column }},
        coalesce(bool_or(
            {{ item.rejected ~ ' is null' if item.may_be_rejected else 'true' }}
        ), false)
            as {{ name('is_set_' ~ item.name) }}
{%- elif item.declared.multi %}
flatten({{ collected(
            parse_values(item.column, item), is_distinct=true
        ) }})
            as {{ item.column }}
{%- else %}
{{ collected(item.column, is_distinct=true) }} as {{ item.column }}
{%- endif %}
{%- endmacro %}
