{#-
    Grain: one row per line with summed properties that was not counted before
    (R3, P5). However many rows a line was joined to, its values are those of
    the first. Of the lines of one `key` the last counts.
-#}
with

{% for sources in plan.lines %}
{% set number = loop.index %}
{% set items = plan.summed(number) %}
lines_{{ number }} as (

    select
        {{ text(sources | join('+')) }} as sources,
        {{ plan.line(number) }} as line_hash,
{% if plan.has_anchor(sources) %}
        {{ plan.anchor(number) }} as anchor_hash,
{% else %}
        cast(null as uhugeint) as anchor_hash,
{% endif %}
        profile_id,
        {{ text(items | map(attribute='name') | join(',')) }} as properties,
        [
{% for item in items %}
            cast({{ item.column }} as decimal(38, 10))
            {{- ',' if not loop.last }}
{% endfor %}
        ] as amounts,
        origin
    from {{ relations.applied_rows }}
{% if plan.is_keyed(sources) %}
    semi join {{ relations.last_rows }}
        using (main_row)
{% endif %}
    where coalesce(
        {{ items | map(attribute='column') | join(',\n        ') }}
    ) is not null
    qualify row_number() over (
        partition by {{ plan.line(number) }}
        order by row_order
    ) = 1

),

{% endfor %}
earlier as (

    select
        line_hash,
        sources
    from runner.sums
    where goal = {{ text(plan.name) }}

),

counted as (

{% for sources in plan.lines %}
    select * from lines_{{ loop.index }}
{{ '    union all' if not loop.last }}
{% endfor %}

),

final as (

    select
        {{ text(plan.name) }} as goal,
        counted.*
    from counted
    anti join earlier
        on counted.line_hash = earlier.line_hash
        and counted.sources = earlier.sources

)

select * from final
