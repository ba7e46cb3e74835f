{#-
    Grain: one row per new sum with an amount that its property has no room for
    on the profile, without that amount (R11). The amounts of a profile that
    overflows are kept from the least on, as long as they fit.
-#}
{{ config(materialized='temporary', when=plan.lines) }}
{% set sums = plan.assignments | selectattr('line') | list %}
{% set is_over = has_item('lines_over.positions', 'position') %}
{% set kept = 'case when not ' ~ is_over ~ ' then amount end' %}
with

new_sums as (

    select * from {{ relations.new_sums }}

),

totals as (

    select * from {{ relations.sum_totals }}

),

earlier as (

    select * from {{ relations.earlier_totals }}

),

superseded as (

{% if plan.tracks_lines and not is_first %}
    select * from {{ relations.superseded_sums }}
{% else %}
    select * from new_sums
    where false
{% endif %}

),

{% for item in sums %}
{% set sources = plan.lines[item.line - 1] | join('+') %}
{% set amount = item_at('new_sums.amounts', plan.amount_of(item)) %}
{% set lost = item_at('amounts', plan.amount_of(item)) %}
lost_{{ loop.index }} as (

    select
        profile_id,
        sum(cast({{ lost }} as double)) as amount
    from superseded
    where sources = {{ text(sources) }}
    group by profile_id

),

ranked_{{ loop.index }} as (

    select
        new_sums.sources,
        new_sums.line_hash,
        new_sums.anchor_hash,
        new_sums.profile_id,
        {{ amount }} as amount,
        abs(
            coalesce(cast(earlier.{{ item.column }} as double), 0)
            - coalesce(lost.amount, 0)
        ) + sum(abs(cast({{ amount }} as double))) over (
            partition by new_sums.profile_id
            order by
                abs({{ amount }}),
                new_sums.origin,
                new_sums.line_hash,
                new_sums.anchor_hash
        ) as total
    from new_sums
    inner join totals
        on new_sums.profile_id = totals.profile_id
    left join earlier
        on new_sums.profile_id = earlier.profile_id
    left join lost_{{ loop.index }} as lost
        on new_sums.profile_id = lost.profile_id
    where
        totals.{{ name('is_over_' ~ item.name) }}
        and new_sums.sources = {{ text(sources) }}
        and {{ amount }} is not null

),

{% endfor %}
overflowing as (

{% for item in sums %}
    select
        sources,
        line_hash,
        anchor_hash,
        profile_id,
        {{ loop.index }} as item_number,
        {{ plan.amount_of(item) }} as position
    from ranked_{{ loop.index }}
    where total >= {{ sum_limit(item.declared.type) }}
{{ '    union all' if not loop.last }}
{% endfor %}

),

lines_over as (

    select
        sources,
        line_hash,
        anchor_hash,
        profile_id,
        {{ collected('item_number') }} as item_numbers,
        {{ collected('position') }} as positions
    from overflowing
    group by
        sources,
        line_hash,
        anchor_hash,
        profile_id

),

final as (

    select
        new_sums.goal,
        new_sums.sources,
        new_sums.line_hash,
        new_sums.anchor_hash,
        new_sums.profile_id,
        new_sums.origin,
        new_sums.amounts as amounts_read,
        {{ items_made('new_sums.amounts', 'amount', kept, 'position') }}
            as amounts,
        lines_over.item_numbers
    from new_sums
    inner join lines_over
        on new_sums.sources = lines_over.sources
        and new_sums.line_hash = lines_over.line_hash
        and new_sums.profile_id = lines_over.profile_id
        and new_sums.anchor_hash is not distinct from lines_over.anchor_hash

)

select * from final
