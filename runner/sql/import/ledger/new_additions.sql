{#-
    Grain: one row per profile and property that values are added to, with those
    that this goal had not added before (P5). Where lines are tracked, one row
    per row and property: a superseded row retracts its values.
-#}
{{ config(materialized='append', into='runner.additions', when=plan.adds) }}
with

earlier as {{ not_materialized() }} (

    select
        row_hash,
        profile_id,
        property,
        items
    from runner.additions
    where goal = {{ text(plan.name) }}

),

{% if plan.tracks_lines %}
rows_applied as {{ not_materialized() }} (

    select * from {{ relations.applied_rows }}

),

{% if plan.line_key %}
last_rows as (

    select main_row
    from {{ relations.last_rows }}

),

{% endif %}
{% for number in plan.value_sets_of(plan.adds) %}
values_{{ number }} as {{ not_materialized() }} (

    select * from {{ relations['values.' ~ number] }}

),

{% endfor %}
{% else %}
{% for item in plan.adds %}
{{ name('added_' ~ item.name) }} as {{ not_materialized() }} (

    select
        profile_id,
        cast(items as {{ list_type('string') }}) as items
    from {{ relations['added_values.' ~ item.name] }}

),

{% endfor %}
{% endif %}
{% if plan.tracks_lines %}
{% if plan.line_key %}
last_applied as {{ not_materialized() }} (

    select rows_applied.*
    from rows_applied
    semi join last_rows
        on rows_applied.main_row = last_rows.main_row

),

{% else %}
repeated as {{ not_materialized() }} (

    select *
    from rows_applied
    where outcome = 'repeated'

),

{% endif %}
{# A row that was imported before may stand in the batch several times. #}
adding as {{ not_materialized() }} (

{% if plan.line_key %}
    {{ one_row_each('last_applied', ['row_hash']) }}
{% else %}
    select *
    from rows_applied
    where outcome in ('created', 'updated')
    union all
    {{ one_row_each('repeated', ['row_hash']) }}
{% endif %}

),

{% for item in plan.adds %}
{% set number = plan.value_sets_of([item]) | first | default(0) %}
{% set texts = list_type('string') %}
{% set items = parse_values(item.column, item) %}
{% set items = 'cast(' ~ items ~ ' as ' ~ texts ~ ')' %}
{% if number %}
{{ name('items_' ~ item.name) }} as (

    select
{% for source in plan.value_sets[number - 1] %}
        {{ plan.row_of(source) }},
{% endfor %}
        {{ items }} as items
    from values_{{ number }}
    where {{ item.column }} is not null

),

{% endif %}
{{ name('fresh_' ~ item.name) }} as (

    select
        adding.row_hash,
        adding.profile_id,
        {{ 'added.items' if number else items ~ ' as items' }}
    from adding
{% if number %}
    inner join {{ name('items_' ~ item.name) }} as added
{% for source in plan.value_sets[number - 1] %}
        {{ 'on' if loop.first else 'and' }} {{ same_value(
            'adding.' ~ plan.row_of(source), 'added.' ~ plan.row_of(source)
        ) }}
{% endfor %}
{% endif %}
    anti join earlier
        on adding.row_hash = earlier.row_hash
        and earlier.property = {{ text(item.name) }}
{% if not number %}
    where {{ item.column }} is not null
{% endif %}

),

{% endfor %}
{% else %}
{% for item in plan.adds %}
{{ name('earlier_' ~ item.name) }} as (

    select
        earlier.profile_id,
        flatten({{ collected('earlier.items') }}) as items
    from earlier
    semi join {{ name('added_' ~ item.name) }} as added
        on earlier.profile_id = added.profile_id
    where earlier.property = {{ text(item.name) }}
    group by earlier.profile_id

),

{{ name('compared_' ~ item.name) }} as (

    select
        added.profile_id,
        case
            when earlier.items is null then added.items
            else {{ items_not_in('added.items', 'earlier.items') }}
        end as items
    from {{ name('added_' ~ item.name) }} as added
    left join {{ name('earlier_' ~ item.name) }} as earlier
        on added.profile_id = earlier.profile_id

),

{{ name('fresh_' ~ item.name) }} as (

    select
        cast(null as {{ stored_type('hash') }}) as row_hash,
        profile_id,
        items
    from {{ name('compared_' ~ item.name) }}
    where {{ item_count('items') }} > 0

),

{% endfor %}
{% endif %}
final as (

{% for item in plan.adds %}
    select
        {{ text(plan.name) }} as goal,
        {{ text(item.name) }} as property,
        *
    from {{ name('fresh_' ~ item.name) }}
{{ '    union all' if not loop.last }}
{% endfor %}

)

select * from final
