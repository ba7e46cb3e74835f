{#-
    CTEs: `decided`, a row per value of a decision with the number of its
    customer; `known` identifiers; `owned`, a row per customer and profile with
    a value.
-#}
{% macro decided_owners(groups) -%}
decided as (

    select listed.*
    from (
        values
{% for group in groups %}
{% set number = loop.index %}
{% set is_last = loop.last %}
{% for identifier, value in group %}
        ({{ number }}, {{ text(identifier) }}, {{ text(value) }})
        {{- '' if is_last and loop.last else ',' }}
{% endfor %}
{% endfor %}
    ) as listed(group_number, identifier, value)

),

known as {{ not_materialized() }} (

    select
        identifier,
        value,
        profile_id
    from runner.identifiers

),

owned as (

    select distinct
        decided.group_number,
        known.profile_id
    from decided
    inner join known
        on decided.value = known.value
        and decided.identifier = known.identifier

),
{%- endmacro %}
