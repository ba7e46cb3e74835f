{#- Grain: one row per profile that a row is applied to, as it is after this goal (P4). -#}
with

applied as not materialized (

    select *
    from {{ relations.applied_rows }}
    where {{ in_slice('profile_id') }}

),

folded as (

    select
        profile_id,
{% for item in plan.assignments %}
{% if item.strategy == 'set' %}
        arg_max({{ item.column }}, row_order) as {{ item.column }},
{% elif item.strategy == 'set_if_empty' %}
        arg_min({{ item.column }}, row_order) as {{ item.column }},
{% elif item.strategy == 'set_or_clear' %}
        arg_max_null({{ item.column }}, row_order) {{ read(item) }} as {{ item.column }},
        coalesce(bool_or({{ 'true' if item.declared.type == 'text' else item.rejected ~ ' is null' }}), false) as {{ name('is set ' ~ item.name) }},
{% elif item.strategy == 'remove' and item.declared.multi %}
        flatten(list(distinct {{ parse_values(item.column, item) }})) as {{ item.column }},
{% elif item.strategy == 'remove' %}
        list(distinct {{ item.column }}) as {{ item.column }},
{% endif %}
{% endfor %}
        min(origin) as first_origin,
        max(origin) as last_origin
    from applied
    group by profile_id

),

{% if plan.lines %}
summed as (

    select
        profile_id,
{% for item in plan.assignments if item.strategy == 'sum' %}
{% set together = plan.assignments | selectattr('line', 'equalto', item.line) | map(attribute='name') | list %}
        sum(amounts[{{ together.index(item.name) + 1 }}])
            filter (where sources = {{ text(plan.lines[item.line - 1] | join('+')) }}) as {{ item.column }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ relations.new_sums }}
    where {{ in_slice('profile_id') }}
    group by profile_id

),

{% endif %}
files as (

    select
        file_id,
        modified_at
    from runner.files
    where goal = {{ text(plan.name) }}

),

final as (

    select
        folded.profile_id as {{ entity.id }},
        earlier.* exclude (
            {{ entity.id }},
            created_at,
            updated_at{% for item in plan.assignments %},
            {{ name(item.name) }}{% endfor %}

        ),
{% for item in plan.assignments %}
{% set current = 'earlier.' ~ name(item.name) %}
{% set value = 'folded.' ~ item.column %}
{% if item.declared.multi %}
{% set value = parse_values(value, item) %}
{% endif %}
        {% if item.strategy == 'set' %}coalesce({{ value }}, {{ current }})
{% elif item.strategy == 'set_if_empty' %}coalesce({{ current }}, {{ value }})
{% elif item.strategy == 'set_or_clear' %}case
            when folded.{{ name('is set ' ~ item.name) }} then {{ value }}
            else {{ current }}
        end
{% elif item.strategy == 'sum' %}case
            when summed.{{ item.column }} is null then {{ current }}
            else cast(coalesce({{ current }}, 0) + summed.{{ item.column }} as {{ sql_type(item.declared.type) }})
        end
{% elif item.strategy == 'add' %}case
            when {{ name('added ' ~ item.name) }}.items is null then {{ current }}
            else coalesce({{ current }}, []) || list_filter(
                {{ name('added ' ~ item.name) }}.items,
                lambda item: not list_contains(coalesce({{ current }}, []), item)
            )
        end
{% elif item.strategy == 'remove' and item.declared.multi %}nullif(list_filter(
            {{ current }},
            lambda item: not coalesce(list_contains(folded.{{ item.column }}, item), false)
        ), [])
{% elif item.strategy == 'remove' %}case
            when not coalesce(list_contains(folded.{{ item.column }}, {{ current }}), false) then {{ current }}
        end
{% endif %}
            as {{ name(item.name) }},
{% endfor %}
        least(earlier.created_at, first_files.modified_at) as created_at,
        greatest(earlier.updated_at, last_files.modified_at) as updated_at
    from folded
    left join {{ entity.table }} as earlier
        on folded.profile_id = earlier.{{ entity.id }}
    left join files as first_files
        on folded.first_origin // 4294967296 = first_files.file_id
    left join files as last_files
        on folded.last_origin // 4294967296 = last_files.file_id
{% for item in plan.adds %}
    left join {{ relations['added_values.' ~ item.name] }} as {{ name('added ' ~ item.name) }}
        on folded.profile_id = {{ name('added ' ~ item.name) }}.profile_id
{% endfor %}
{% if plan.lines %}
    left join summed
        on folded.profile_id = summed.profile_id
{% endif %}

)

select * from final
