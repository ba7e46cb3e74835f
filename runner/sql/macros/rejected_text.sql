{#- The text of a value that did not parse; null where all of it did (R6). -#}
{% macro rejected_text(value, item) -%}
{% if item.declared.multi %}
case
    when
        {{ item_count(parse_values(value, item)) }}
        < {{ item_count(split_values(value, item.format)) }}
        then cast({{ value }} as string)
end
{%- elif item.is_identifier_text %}
case when {{ damage_reason(value) }} is not null then {{ value }} end
{%- else %}
case when {{ item.column }} is null then cast({{ value }} as string) end
{%- endif %}
{%- endmacro %}
