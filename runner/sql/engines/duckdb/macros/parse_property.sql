{#-
    The value of a property in a row: typed, or for a property of several values the text that
    holds them, null where it holds none. Texts are taken apart once per profile, not per row.
-#}
{% macro parse_property(value, item) -%}
{% if not item.declared.multi %}
{{ parse_value(value, item.declared.type, item.format, item.value.is_column) }}
{%- elif item.declared.type == 'text' and item.format.multi_value_separator and not item.format.multi_value_brackets %}
case
    when trim(replace(cast({{ value }} as varchar), {{ text(item.format.multi_value_separator) }}, '')) != ''
        then cast({{ value }} as varchar)
end
{%- else %}
case when len({{ parse_values(value, item) }}) > 0 then cast({{ value }} as varchar) end
{%- endif %}
{%- endmacro %}

{#- The typed list that a text holds, without empty items and those that do not parse. -#}
{% macro parse_values(value, item) -%}
list_filter(
    list_transform(
        {{ split_values(value, item.format) }},
        lambda item: {{ parse_value('item', item.declared.type, item.format, true) }}
    ),
    lambda item: item is not null
)
{%- endmacro %}

{% macro split_values(value, format) -%}
{% set held = unbracketed('cast(' ~ value ~ ' as varchar)', format.multi_value_brackets) %}
{% if format.multi_value_separator %}
list_filter(
    list_transform(
        string_split({{ held }}, {{ text(format.multi_value_separator) }}),
        lambda item: {{ 'trim(trim(item), \'"\')' if format.multi_value_brackets else 'trim(item)' }}
    ),
    lambda item: item != ''
)
{%- else %}
[{{ held }}]
{%- endif %}
{%- endmacro %}

{#- A text without the brackets around it. -#}
{% macro unbracketed(value, brackets) -%}
{% if brackets %}
case
    when starts_with(trim({{ value }}), {{ text(brackets[0]) }}) and ends_with(trim({{ value }}), {{ text(brackets[1]) }})
        then trim({{ value }})[2:-2]
    else {{ value }}
end
{%- else %}
{{ value }}
{%- endif %}
{%- endmacro %}

{#- A list without repeats, each item where it came first. -#}
{% macro distinct_in_order(items) -%}
list_filter({{ items }}, lambda item, place: list_position({{ items }}, item) = place)
{%- endmacro %}

{#- The text that did not parse, null where all of it did (R6). -#}
{% macro rejected_text(value, item) -%}
{% if item.declared.multi %}
case
    when len({{ parse_values(value, item) }}) < len({{ split_values(value, item.format) }})
        then cast({{ value }} as varchar)
end
{%- else %}
case when {{ item.column }} is null then cast({{ value }} as varchar) end
{%- endif %}
{%- endmacro %}
