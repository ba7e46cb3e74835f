{#-
    Grain: one row per row that leads to several profiles, or groups, and is
    applied to none of them (P2 `reject`), or would link more values than a
    `limit` allows (P9), with its identifiers and the profiles they find.
-#}
{{ config(
    materialized='append',
    into='runner.conflicts',
    when=plan.has_ambiguous
) }}
{% set columns = plan.identity_keys | map(attribute='column') | list %}
{% set found = namespace(keys=[]) %}
{% for key in plan.identity_keys %}
{% set found.keys = found.keys + [record({
    'identifier': text(key.identifier),
    'value': 'rows_linked.' ~ key.column,
    'profile_id': 'identities.' ~ key.profile
})] %}
{% endfor %}
with

rows_linked as (

    select
        rows_read.origin,
        rows_read.row_hash,
{% for column in columns %}
        rows_read.{{ column }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ rows_with_links(relations.rows, relations.linked) }}
    where
        links.outcome in (
            'ambiguous'{{ ", 'created', 'updated'" if plan.limited_keys }}
        )

),

identities as (

    select
        clusters.component_profiles,
{% for key in plan.identity_keys %}
        identities.{{ key.profile }},
        identities.{{ key.column }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ relations.identities }} as identities
    inner join {{ relations.clusters }} as clusters
        on identities.identity_id = clusters.identity_id
    where
        clusters.is_ambiguous
{% if plan.limited_keys %}
        or clusters.is_over_limit
{% endif %}

),

files as (

    select
        file_id,
        path
    from runner.files

),

final as (

    select
        {{ text(plan.name) }} as goal,
        {{ text(build_id) }} as build_id,
        files.path as file,
        {{ line_in('rows_linked.origin') }} as line,
        rows_linked.row_hash,
        {{ items_where(
            list_of(found.keys), 'found', 'found.value is not null'
        ) }} as identifiers,
        identities.component_profiles as profiles
    from rows_linked
    inner join identities
{% for column in columns %}
        {{ 'on' if loop.first else 'and' }} {{ same_value(
            'rows_linked.' ~ column, 'identities.' ~ column
        ) }}
{% endfor %}
    left join files
        on {{ file_of('rows_linked.origin') }} = files.file_id

)

select * from final
