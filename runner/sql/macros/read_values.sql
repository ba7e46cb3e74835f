{#-
    CTEs behind `last.step` that read values, and keys of identities: texts,
    then types. With a condition, of rows that meet it; those of `again` of
    repeated rows. `last.step` then names the last.
-#}
{% macro read_values(
    plan, last, items, keys=(), is_applied='', is_read='', again=()
) %}
texts as (

    select
        *,
{% for key in keys %}
{% for part in key.parts %}
        {{ read_text(part.value, is_applied) }}
            as {{ key.text_of(part) }},
{% endfor %}
{% endfor %}
{% for item in items %}
{% set condition = is_read if item in plan.consents else is_applied %}
{% set condition = "outcome = 'repeated'" if item in again else condition %}
        {{ read_text(item.value, condition) }}
            as {{ item.text }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ last.step }}

),

{% set last.step = 'texts' %}
{% set compared = plan.identifier_texts(items, keys) %}
{% if compared %}
compared as (

{% set texts = namespace(values={}) %}
{% for column in compared %}
{% set value = identifier_text('cast(' ~ column ~ ' as string)') %}
{% set texts.values = dict(texts.values, **{column: value}) %}
{% endfor %}
    select {{ all_columns('texts', replaced=texts.values) }}
    from texts

),

{% set last.step = 'compared' %}
{% endif %}
parsed as (

    select
        *,
{% for key in keys %}
        {{ key_value(key) }} as {{ key.column }},
{% endfor %}
{% for item in items %}
        {{ parse_property(item.text, item) }}
            as {{ item.column }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ last.step }}

),

{% set last.step = 'parsed' %}
{% endmacro %}
