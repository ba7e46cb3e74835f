{#- Grain: one row per joined row, with its profile and its outcome (R7). -#}
{{ config(materialized='temporary') }}
{% set columns = plan.identity_keys | map(attribute='column') | list %}
with

rows_read as (

    select
        {{ row_id('given') }} as row_id,
        row_order,
        row_hash,
        known_profile_id,
        is_kept,
        {{ columns | join(',\n        ') }}
    from {{ relations.rows }} as given

),

identities as (

    select
        clusters.profile_id,
        clusters.is_new,
        clusters.first_row_order,
{% if plan.has_ambiguous %}
        clusters.is_ambiguous,
{% endif %}
{% for column in columns %}
        identities.{{ column }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ relations.identities }} as identities
    inner join {{ relations.clusters }} as clusters
        on identities.identity_id = clusters.identity_id

),

{% if suppressible %}
suppressed as (

    select row_id
    from {{ relations.suppressed_rows }}

),

{% endif %}
{% if plan.may_withhold %}
withheld as (

    select
        row_id,
        profile_id
    from {{ relations.withheld_rows }}

),

{% endif %}
linked as (

    select
        rows_read.row_id,
        rows_read.row_order,
        rows_read.row_hash,
        rows_read.known_profile_id,
        rows_read.is_kept,
{% if plan.may_withhold %}
        coalesce(withheld.profile_id, identities.profile_id) as profile_id,
{% else %}
        identities.profile_id,
{% endif %}
{% if suppressible %}
        suppressed.row_id is not null as is_suppressed,
{% endif %}
{% if plan.has_ambiguous %}
        identities.is_ambiguous,
{% endif %}
        identities.is_new
        and rows_read.row_order = identities.first_row_order as is_first
    from rows_read
    left join identities
{% if columns | length == 1 %}
        on rows_read.{{ columns[0] }} = identities.{{ columns[0] }}
{% else %}
{% for column in columns %}
        {{ 'on' if loop.first else 'and' }} {{ same_value(
            'rows_read.' ~ column, 'identities.' ~ column
        ) }}
{% endfor %}
{% endif %}
{% if suppressible %}
    left join suppressed
        on rows_read.row_id = suppressed.row_id
{% endif %}
{% if plan.may_withhold %}
    left join withheld
        on rows_read.row_id = withheld.row_id
{% endif %}

),

{# Few rows are equal: half the time of numbering all of them. #}
equal_rows as (

    select
        row_hash,
        min(row_order) as first_order
    from rows_read
    where is_kept
    group by row_hash
    having count(*) > 1

),

final as (

    select
        linked.row_id,
{% if suppressible %}
        case
            when linked.known_profile_id is not null
                then linked.known_profile_id
            when not linked.is_suppressed then linked.profile_id
        end as profile_id,
{% else %}
        coalesce(linked.known_profile_id, linked.profile_id) as profile_id,
{% endif %}
        case
            when linked.known_profile_id is not null then 'unchanged'
            when not linked.is_kept then 'filtered'
{% if suppressible %}
            when linked.is_suppressed then 'suppressed'
{% endif %}
{% if plan.has_ambiguous %}
            when linked.is_ambiguous then 'ambiguous'
{% endif %}
            when linked.profile_id is null then 'unmatched'
            when linked.row_order > equal_rows.first_order then 'duplicate'
            when linked.is_first then 'created'
            else 'updated'
        end as outcome
    from linked
    left join equal_rows
        on linked.row_hash = equal_rows.row_hash

)

select * from final
