{#-
    CTEs up to `folded`, one row per profile with what its rows give: values of
    chained lines are folded once per profile and line (R8).
-#}
{% macro folded_rows(plan, relations, is_late) %}
{% set folded = plan.folded_values %}
{% set ordered = plan.ordered_values | list %}
{% set alone = folded | reject('in', ordered) | list %}
{% set numbers = plan.value_sets_of(alone) %}
{% set rows = {
    'first': 'row_order',
    'last': 'row_order',
    'again': "outcome = 'repeated'",
    'is_late': is_late,
} %}
{% set lines = {
    'first': 'first_order',
    'last': 'last_order',
    'again': 'is_again',
    'is_late': is_late,
} %}
applied as {{ not_materialized() }} (

    select *
    from (
        {{ with_values(plan, relations.applied_rows, relations, ordered) }}
    ) as valued
    where {{ in_slice('profile_id') }}

),

folded_rows as (

    select
        profile_id,
{% for item in folded if item in ordered %}
        {{ folded_value(item, rows, plan.order_of(item)) }},
{% endfor %}
{% for item in plan.of_rows(alone) %}
        {{ folded_value(item, rows) }},
{% endfor %}
{% if is_late %}
        bool_or(outcome = 'repeated') as is_again,
{% endif %}
        min(origin) as first_origin,
        max(origin) as last_origin
    from applied
    group by profile_id

),

{% for number in numbers %}
{% set sources = plan.value_sets[number - 1] %}
lines_{{ number }} as (

    select
        profile_id,
{% for source in sources %}
        {{ plan.row_of(source) }},
{% endfor %}
{% if is_late %}
        bool_or(outcome = 'repeated') as is_again,
{% endif %}
        min(row_order) as first_order,
        max(row_order) as last_order
    from applied
    group by
        profile_id,
{% for source in sources %}
        {{ plan.row_of(source) }}{{ ',' if not loop.last }}
{% endfor %}

),

folded_{{ number }} as (

    select
{% for item in plan.values_of_set(number) if item in alone %}
        {{ folded_value(item, lines) }},
{% endfor %}
        lines.profile_id
    from lines_{{ number }} as lines
    inner join {{ relations['values.' ~ number] }} as given
{% for source in sources %}
        {{ 'on' if loop.first else 'and' }} {{ same_value(
            'lines.' ~ plan.row_of(source), 'given.' ~ plan.row_of(source)
        ) }}
{% endfor %}
    group by lines.profile_id

),

{% endfor %}
folded as (

    select
        folded_rows.*
{%- for number in numbers %},
        {{ all_columns('folded_' ~ number, ['profile_id']) }}
{%- endfor %}

    from folded_rows
{%- for number in numbers %}

    left join folded_{{ number }}
        on folded_rows.profile_id = folded_{{ number }}.profile_id
{%- endfor %}

),

{% endmacro %}
