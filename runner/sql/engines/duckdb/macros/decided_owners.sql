{#-
    CTEs: `decided`, a row per value that people decided of, with the number of the customer it
    belongs to; `owned`, a row per such customer and profile that has one of the values.
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
        ({{ number }}, {{ text(identifier) }}, {{ text(value) }}){{ '' if is_last and loop.last else ',' }}
{% endfor %}
{% endfor %}
    ) as listed(group_number, identifier, value)

),

owned as (

    select distinct
        decided.group_number,
        known.profile_id
    from decided
    inner join runner.identifiers as known
        on decided.value = known.value
        and decided.identifier = known.identifier

),
{%- endmacro %}
