{#-
    Grain: one row per profile that a row is applied to, or whose sums change,
    as the goal leaves it (P4).
-#}
{% set sums = plan.assignments | selectattr('line') | list %}
with

applied as not materialized (

    select *
    from {{ relations.applied_rows }}
    where {{ in_slice('profile_id') }}

),

earlier as (

    select * from {{ entity.table }}

),

files as (

    select
        file_id,
        modified_at
    from runner.files
    where goal = {{ text(plan.name) }}

),

{% if plan.orders %}
latest as (

    select
        property,
        profile_id,
        latest
    from runner.latest

),

{% endif %}
{% for item in plan.adds %}
{{ name('added_' ~ item.name) }} as (

    select
        profile_id,
        items
    from {{ relations['added_values.' ~ item.name] }}

),

{% endfor %}
{% if plan.lines %}
summed as (

    select
        totals.profile_id,
{% for item in sums %}
        earlier.{{ item.column }} as {{ name('earlier_' ~ item.name) }},
        totals.{{ item.column }} as {{ name('later_' ~ item.name) }}
        {{- ',' if not loop.last }}
{% endfor %}
    from {{ relations.sum_totals }} as totals
    inner join {{ relations.earlier_totals }} as earlier
        on totals.profile_id = earlier.profile_id
    where {{ in_slice('totals.profile_id') }}

),

{% endif %}
{% if plan.orders %}
earlier_orders as (

    select
        profile_id,
{% for item in plan.assignments if plan.order_of(item) %}
        max(latest) filter (where property = {{ text(item.name) }})
            as {{ plan.order_of(item).column }}{{ ',' if not loop.last }}
{% endfor %}
    from latest
    where {{ in_slice('profile_id') }}
    group by profile_id

),

{% endif %}
folded as (

    select
        profile_id,
{% for item in plan.assignments if item.strategy not in ('sum', 'add') %}
{% set order = plan.order_of(item) %}
{% if order %}
        arg_max({{ item.column }}, {
            'held': {{ held_order(order.column) }}, 'row_order': row_order
        }) as {{ item.column }},
        max({{ held_order(order.column) }}) filter (
            where {{ item.column }} is not null
        ) as {{ order.column }},
{% elif item.strategy == 'set' %}
        arg_max({{ item.column }}, row_order) as {{ item.column }},
{% elif item.strategy in ('max', 'min') %}
        {{ item.strategy }}({{ item.column }}) as {{ item.column }},
{% elif item.strategy == 'set_if_empty' %}
        arg_min({{ item.column }}, row_order) as {{ item.column }},
{% if is_late %}
{% set values = item.column %}
{% if item.declared.multi %}
{% set values = parse_values(item.column, item) %}
{% endif %}
        list(distinct {{ values }}) filter (
            where outcome = 'repeated' and {{ item.column }} is not null
        ) as {{ name('known_' ~ item.name) }},
{% endif %}
{% elif item.strategy == 'set_or_clear' %}
{% set is_text = item.declared.type == 'text' %}
        arg_max_null({{ item.column }}, row_order)
            {{ where_parsed(item) }} as {{ item.column }},
        coalesce(bool_or(
            {{ 'true' if is_text else item.rejected ~ ' is null' }}
        ), false)
            as {{ name('is_set_' ~ item.name) }},
{% elif item.declared.multi %}
        flatten(list(distinct {{ parse_values(item.column, item) }}))
            as {{ item.column }},
{% else %}
        list(distinct {{ item.column }}) as {{ item.column }},
{% endif %}
{% endfor %}
{% if is_late %}
        bool_or(outcome = 'repeated') as is_again,
{% endif %}
        min(origin) as first_origin,
        max(origin) as last_origin
    from applied
    group by profile_id

),

{% if plan.lines %}
{# What lines gave may change on a profile that no row is applied to. #}
only_summed as (

    select summed.profile_id
    from summed
    semi join earlier
        on summed.profile_id = earlier.{{ entity.id }}
    anti join folded
        on summed.profile_id = folded.profile_id

),

changed as (

    select * from folded
    union all by name
    select * from only_summed

),

{% endif %}
final as (

    select
        folded.profile_id as {{ entity.id }},
        earlier.* exclude (
            {{ entity.id }},
            created_at,
            updated_at{{ ',' if plan.assignments }}
{% for item in plan.assignments %}
            {{ name(item.name) }}{{ ',' if not loop.last }}
{% endfor %}
        ),
{% for item in plan.assignments %}
        {{ applied_value(item, is_late, plan.order_of(item)) }}
            as {{ name(item.name) }},
{% endfor %}
        least(earlier.created_at, first_files.modified_at) as created_at,
        greatest(earlier.updated_at, last_files.modified_at) as updated_at
    from {{ 'changed' if plan.lines else 'folded' }} as folded
    left join earlier
        on folded.profile_id = earlier.{{ entity.id }}
{% if plan.orders %}
    left join earlier_orders
        on folded.profile_id = earlier_orders.profile_id
{% endif %}
    left join files as first_files
        on {{ file_of('folded.first_origin') }} = first_files.file_id
    left join files as last_files
        on {{ file_of('folded.last_origin') }} = last_files.file_id
{% for item in plan.adds %}
    left join {{ name('added_' ~ item.name) }}
        on folded.profile_id = {{ name('added_' ~ item.name) }}.profile_id
{% endfor %}
{% if plan.lines %}
    left join summed
        on folded.profile_id = summed.profile_id
{% endif %}

)

select * from final
