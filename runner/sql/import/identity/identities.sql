{#- Grain: one row per distinct set of identifier values in the batch (P1). -#}
{{ config(materialized='temporary') }}
{% set columns = plan.identity_keys | map(attribute='column') | join(', ') %}
with

rows_read as (

    select
        {{ columns }},
        row_order
    from {{ relations.rows }} as given
    where
        is_kept
        and coalesce({{ columns }}) is not null
{% if suppressible %}
        and {{ row_id('given') }} not in (
            select suppressed.row_id
            from {{ relations.suppressed_rows }} as suppressed
        )
{% endif %}
{% if plan.may_withhold %}
        and {{ row_id('given') }} not in (
            select withheld.row_id
            from {{ relations.withheld_rows }} as withheld
        )
{% endif %}

),

known as {{ not_materialized() }} (

    select
        identifier,
        value,
        profile_id
    from runner.identifiers

),

keyed as (

    select
        {{ columns }},
        min(row_order) as first_row_order
    from rows_read
    group by
        {{ columns | replace(', ', ',\n        ') }}

),

final as (

    select
        row_number() over (order by keyed.first_row_order) as identity_id,
        keyed.*,
{% for key in plan.identity_keys %}
        owner_{{ key.number }}.profile_id
            as {{ key.profile }}{{ ',' if not loop.last }}
{% endfor %}
    from keyed
{% for key in plan.identity_keys %}
    left join known as owner_{{ key.number }}
        on keyed.{{ key.column }} = owner_{{ key.number }}.value
        and owner_{{ key.number }}.identifier = {{ text(key.identifier) }}
{% endfor %}

)

select * from final
