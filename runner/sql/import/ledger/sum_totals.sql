{#-
    Grain: one row per profile that gains or loses a sum, with the exact sums of
    its lines, of all goals (R11); null without a line, or without room for it.
    `earlier_totals` is the same before the goal.
-#}
{{ config(
    materialized='temporary',
    after=[] if is_earlier else ['runner.sums'],
    when=plan.lines
) }}
{% set sums = plan.assignments | selectattr('line') | list %}
{% set names = text_list(sums | map(attribute='name') | map('text')) %}
with

summed_profiles as {{ not_materialized() }} (

    select profile_id
    from {{ relations.summed_profiles }}

),

own as {{ not_materialized() }} (

    select *
    from runner.sums
    where goal = {{ text(plan.name) }}

),

files as {{ not_materialized() }} (

    select
        file_id,
        modified_at,
        path
    from runner.files

),

others as {{ not_materialized() }} (

    select *
    from runner.sums
    where
        goal != {{ text(plan.name) }}
        and {{ has_any_item(text_items('properties', "','"), names) }}

),

{% if plan.shared_lines %}
own_lines as (

    select distinct
        own.sources,
        own.line_hash
    from own
    semi join summed_profiles
        on own.profile_id = summed_profiles.profile_id

),

own_ranked as (

    select
        own.*,
        {{ line_rank() }} as line_rank
    from own
    left join files
        on {{ file_of('own.origin') }} = files.file_id
    semi join own_lines
        on own.sources = own_lines.sources
        and own.line_hash = own_lines.line_hash

),

own_first as (

    select * from own_ranked
    where line_rank = 1

),

{% endif %}
own_counted as (

    select
        own.profile_id,
        own.sources,
        own.amounts
    from {{ 'own_first' if plan.shared_lines else 'own' }} as own
    semi join summed_profiles
        on own.profile_id = summed_profiles.profile_id

),

other_lines as (

    select distinct
        others.goal,
        others.sources,
        others.line_hash
    from others
    semi join summed_profiles
        on others.profile_id = summed_profiles.profile_id

),

others_ranked as (

    select
        others.*,
        {{ line_rank() }} as line_rank
    from others
    left join files
        on {{ file_of('others.origin') }} = files.file_id
    semi join other_lines
        on others.goal = other_lines.goal
        and others.sources = other_lines.sources
        and others.line_hash = other_lines.line_hash

),

other_first as (

    select * from others_ranked
    where line_rank = 1

),

other_amounts as (

    select
        other_first.profile_id,
        {{ each_pair(
            text_items('other_first.properties', "','"), 'property',
            'other_first.amounts', 'amount'
        ) }}
    from other_first
    semi join summed_profiles
        on other_first.profile_id = summed_profiles.profile_id

),

amounts as (

    select
        profile_id,
{% for item in sums %}
{% set sources = plan.lines[item.line - 1] | join('+') %}
        case
            when sources = {{ text(sources) }}
                then {{ item_at('amounts', plan.amount_of(item)) }}
        end as {{ item.column }}{{ ',' if not loop.last }}
{% endfor %}
    from own_counted
    union all
    select
        profile_id,
{% for item in sums %}
        case when property = {{ text(item.name) }} then amount end
            as {{ item.column }}{{ ',' if not loop.last }}
{% endfor %}
    from other_amounts

),

totals as (

    select
        profile_id,
{% for item in sums %}
        {{ exact_sum(item.column) }} as {{ item.column }},
        count({{ item.column }}) as {{ name('lines_' ~ item.name) }}
        {{- ',' if not loop.last }}
{% endfor %}
    from amounts
    group by profile_id

),

final as (

    select
        summed_profiles.profile_id,
{% for item in sums %}
        totals.{{ item.column }},
        totals.{{ name('lines_' ~ item.name) }},
        totals.{{ name('lines_' ~ item.name) }} > 0
        and try_cast(
            totals.{{ item.column }} as {{ sql_type(item.declared.type) }}
        ) is null as {{ name('is_over_' ~ item.name) }}
        {{- ',' if not loop.last }}
{% endfor %}
    from summed_profiles
    left join totals
        on summed_profiles.profile_id = totals.profile_id

)

select * from final
