{#-
    Grain: one row per profile of several files, and file that changes a sum.
-#}
{{ config(
    materialized='temporary',
    after=['runner.sums'],
    when=is_several and plan.lines
) }}
{% set sums = plan.assignments | selectattr('line') | list %}
with

valued as {{ not_materialized() }} (

    {{ with_values(plan, relations.applied_rows, relations, sums) }}

),

line_changes as (

    select * from {{ relations.line_changes }}

),

sums_now as (

    select
        sources,
        line_hash,
        amounts
    from runner.sums
    where goal = {{ text(plan.name) }}

),

{% if plan.tracks_lines and not is_first %}
superseded_sums as (

    select
        sources,
        line_hash,
        amounts
    from {{ relations.superseded_sums }}

),

{% endif %}
totals as (

    select * from {{ relations.sum_totals }}

),

amounts_read as (

    select
        sources,
        line_hash,
        amounts
    from sums_now
    semi join line_changes
        on sums_now.sources = line_changes.sources
        and sums_now.line_hash = line_changes.line_hash
{% if plan.tracks_lines and not is_first %}
    union all
    select
        sources,
        line_hash,
        amounts
    from superseded_sums
{% endif %}
{% if plan.line_key and plan.tracks_lines %}
{% for sources in plan.lines %}
    union all
    select
        {{ text(sources | join('+')) }} as sources,
        {{ plan.line(loop.index) }} as line_hash,
{% set amounts = [] %}
{% for item in plan.summed(loop.index) %}
{% set _ = amounts.append(
    'cast(' ~ item.column ~ ' as decimal(38, 10))'
) %}
{% endfor %}
        {{ list_of(amounts) }} as amounts
    from valued
{% endfor %}
{% endif %}

),

amounts as (

    select
        sources,
        line_hash,
        any_value(amounts) as amounts
    from amounts_read
    group by
        sources,
        line_hash

),

sums_by_file as (

    select
        changes.profile_id,
        changes.file_id,
{% for item in sums %}
{% set sources = plan.lines[item.line - 1] | join('+') %}
{% set amount = item_at('amounts.amounts', plan.amount_of(item)) %}
        sum(changes.sign * {{ amount }}) filter (
            where changes.sources = {{ text(sources) }}
        ) as {{ item.column }},
        sum(changes.sign) filter (
            where
                changes.sources = {{ text(sources) }}
                and {{ amount }} is not null
        ) as {{ name('lines_' ~ item.name) }}{{ ',' if not loop.last }}
{% endfor %}
    from line_changes as changes
    inner join amounts
        on changes.sources = amounts.sources
        and changes.line_hash = amounts.line_hash
    group by
        changes.profile_id,
        changes.file_id

),

sums_after as (

    select
        changes.profile_id,
        changes.file_id,
{% for item in sums %}
{% set lines = name('lines_' ~ item.name) %}
        coalesce(changes.{{ item.column }}, 0)
            as {{ name('change_' ~ item.name) }},
        coalesce(changes.{{ lines }}, 0) as {{ name('more_' ~ item.name) }},
        coalesce(totals.{{ item.column }}, 0)
        - coalesce(sum(changes.{{ item.column }}) over files_behind, 0)
            as {{ item.column }},
        coalesce(totals.{{ lines }}, 0)
        - coalesce(sum(changes.{{ lines }}) over files_behind, 0)
            as {{ lines }}{{ ',' if not loop.last }}
{% endfor %}
    from sums_by_file as changes
    left join totals
        on changes.profile_id = totals.profile_id
    window files_behind as (
        partition by changes.profile_id
        order by changes.file_id
        rows between 1 following and unbounded following
    )

),

final as (

    select
        profile_id,
        file_id
    from sums_after
    where
{% for item in sums %}
{% set lines = name('lines_' ~ item.name) %}
{% set type = sql_type(item.declared.type) %}
        {{ 'or ' if not loop.first -}}
        case
            when {{ lines }} > 0
                then try_cast({{ item.column }} as {{ type }})
        end is distinct from case
            when {{ lines }} - {{ name('more_' ~ item.name) }} > 0
                then try_cast(
                    {{ item.column }} - {{ name('change_' ~ item.name) }}
                    as {{ type }}
                )
        end
{% endfor %}

)

select * from final
