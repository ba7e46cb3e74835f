{#- Grain: one row per distinct set of identifier values in the batch (P1). -#}
with

keyed as (

    select
{% for key in plan.keys %}
        {{ name('key ' ~ key.number) }},
{% endfor %}
        min(row_order) as first_row_order
    from {{ relations.rows }}
    where
        is_kept
        and coalesce({% for key in plan.keys %}{{ name('key ' ~ key.number) }}{{ ', ' if not loop.last }}{% endfor %}) is not null
{% if suppressible %}
        and rowid not in (select suppressed.row_id from {{ relations.suppressed_rows }} as suppressed)
{% endif %}
{% if plan.may_withhold %}
        and rowid not in (select withheld.row_id from {{ relations.withheld_rows }} as withheld)
{% endif %}
    group by all

),

final as (

    select
        row_number() over (order by keyed.first_row_order) as identity_id,
        keyed.*,
{% for key in plan.keys %}
        owner_{{ key.number }}.profile_id as {{ name('profile ' ~ key.number) }}{{ ',' if not loop.last }}
{% endfor %}
    from keyed
{% for key in plan.keys %}
    left join runner.identifiers as owner_{{ key.number }}
        on keyed.{{ name('key ' ~ key.number) }} = owner_{{ key.number }}.value
        and owner_{{ key.number }}.identifier = {{ text(key.identifier) }}
{% endfor %}

)

select * from final
