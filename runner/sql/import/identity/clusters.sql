{#-
    Grain: one row per identity, with its cluster's profile (P1 to P3). Of
    several, `first` lets each row keep its own, `reject` gives none, `merge`
    the oldest; of equally old ones, the one whose id a full refresh would give.
-#}
{{ config(materialized='temporary') }}
{#- A new profile is named by the first row of its cluster. -#}
{% set on_conflict = plan.goal.identify.on_conflict %}
{% set is_listed = on_conflict != 'first' or plan.has_ambiguous %}
{% set is_limiting = plan.limited_keys and on_conflict != 'first' %}
{% set is_separating = plan.separated and plan.identity_keys | length > 1 %}
{% set profiles = plan.identity_keys | map(attribute='profile') | list %}
{% set first_id = stable_uuid('first_rows.first_identifier') %}
{% set nodes = ['separated.node', 'separated.owner_node'] %}
{% set side = {'identifier': 'identifier', 'value': 'value'} %}
{% set of_keys = list_of(profiles) %}
{% set found = items_where(of_keys, 'profile', 'profile is not null') %}
{% set found = unique_items(found) %}
{% set kept -%}
case
{% for key in plan.identity_keys %}
                when {{ key.column }} is not null then {{ key.profile }}
{% endfor %}
            end
{%- endset %}
{% set kept = items_where(list_of([kept]), 'profile', 'profile is not null') %}
{% set is_first = 'existing.profile_id = ' ~ first_id %}
{% set by_first = 'case when ' ~ is_first ~ ' then 0 else 1 end' %}
{% set age = ['existing.created_at', by_first, 'existing.profile_id'] %}
{% if on_conflict == 'first' %}
{% set age = ['existing.created_at', 'existing.profile_id'] %}
{% endif %}
with

{% if plan.limited_keys %}
over_limit as (

    select identity_id
    from {{ relations.over_limit }}

),

{% endif %}
identities as (

    select
        rows_found.*,
{% if plan.limited_keys %}
        over_limit.identity_id is not null as is_over_limit,
{% endif %}
        coalesce(
{% for key in plan.identity_keys %}
            {{ node(text(key.identifier), key.column) }}
            {{- ',' if not loop.last }}
{% endfor %}
        ) as node,
        coalesce(
{% for key in plan.identity_keys %}
            {{ text(key.identifier ~ ':') }}
            || {{ key.column }}{{ ',' if not loop.last }}
{% endfor %}
        ) as first_identifier,
{% if plan.limited_keys %}
        case
            when over_limit.identity_id is not null then {{ kept }}
            else {{ found }}
        end as profiles
{% else %}
        {{ found }} as profiles
{% endif %}
    from {{ relations.identities }} as rows_found
{% if plan.limited_keys %}
    left join over_limit
        on rows_found.identity_id = over_limit.identity_id
{% endif %}

),

{% if plan.identity_keys | length > 1 %}
components as {{ not_materialized() }} (

    select
        node,
        component
    from {{ relations.components }}

),

{% endif %}
{% if is_separating %}
separated as (

    select
        line,
        identifier,
        value,
        node,
        owner_node
    from {{ relations.separated }}
    where not is_one

),

{% endif %}
existing as (

    select
        {{ entity.id }} as profile_id,
        created_at
    from {{ entity.table }}

),

clustered as (

    select
        identities.*,
{% if plan.identity_keys | length > 1 %}
        coalesce(components.component, identities.node) as component
    from identities
    left join components
        on identities.node = components.node
{% else %}
        identities.node as component
    from identities
{% endif %}

),

first_rows as (

    select
        component,
        {{ first_by('first_identifier', 'first_row_order') }}
            as first_identifier,
        min(first_row_order) as first_row_order
    from clustered
    group by component

),

{% if is_separating %}
{# Clusters that join values which a decision separates. #}
sides as (

    select
        separated.line,
        separated.identifier,
        separated.value,
        components.component
    from separated
    {{ join_items(list_of(nodes), 'found', 'node') }}
    inner join components
        on found.node = components.node

),

side_counts as (

    select
        line,
        component,
        count(distinct {{ record(side) }}) as side_count
    from sides
    group by
        line,
        component

),

contradicted as (

    select distinct component
    from side_counts
    where side_count > 1

),

{% endif %}
owners as (

    select
        clustered.component,
        count(distinct existing.profile_id) as profile_count,
{% if is_listed %}
        {{ sorted_items(
            collected('existing.profile_id', is_distinct=true)
        ) }} as profiles,
{% endif %}
        {{ first_by('existing.profile_id', age) }} as oldest_profile_id
    from clustered
    {{ join_items('clustered.profiles', 'found', 'profile_id') }}
    inner join existing
        on found.profile_id = existing.profile_id
{% if on_conflict != 'first' %}
    inner join first_rows
        on clustered.component = first_rows.component
{% endif %}
    group by clustered.component

),

owned as (

    select
        clustered.identity_id,
{% if plan.limited_keys %}
        clustered.is_over_limit,
{% endif %}
{% for profile in profiles %}
        clustered.{{ profile }},
{% endfor %}
{% if is_separating %}
        contradicted.component is not null
{% if on_conflict == 'first' %}
        and coalesce(owners.profile_count, 0) < 2
{% endif %}
            as is_contradicted,
{% endif %}
{% if is_listed %}
        coalesce(owners.profiles, {{ list_of([]) }}) as component_profiles,
{% endif %}
        coalesce(owners.profile_count, 0) as profile_count,
        owners.oldest_profile_id,
        first_rows.first_identifier,
        first_rows.first_row_order
    from clustered
    inner join first_rows
        on clustered.component = first_rows.component
    left join owners
        on clustered.component = owners.component
{% if is_separating %}
    left join contradicted
        on clustered.component = contradicted.component
{% endif %}

),

final as (

    select
        identity_id,
        profile_count = 0 as is_new,
        first_row_order,
{% if is_listed %}
        profile_count,
        component_profiles,
{% endif %}
{% if is_separating %}
        is_contradicted,
{% endif %}
{% if plan.limited_keys %}
        is_over_limit,
{% endif %}
{% if plan.has_ambiguous %}
        {{ 'is_contradicted or ' if is_separating -}}
        {{ 'is_over_limit or ' if is_limiting -}}
        {{ 'profile_count > 1' if on_conflict == 'reject' else 'false' }}
            as is_ambiguous,
{% endif %}
        case
{% if is_separating %}
            when is_contradicted then null
{% endif %}
{% if is_limiting %}
            when is_over_limit then null
{% endif %}
{% if on_conflict == 'first' %}
            when profile_count > 1
                then coalesce(
                    {{ profiles | join(', ') }}, oldest_profile_id
                )
            when profile_count = 1 then oldest_profile_id
{% elif on_conflict == 'merge' %}
            when profile_count > 0 then oldest_profile_id
{% else %}
            when profile_count > 1 then null
            when profile_count = 1 then oldest_profile_id
{% endif %}
{% if plan.goal.identify.create_profiles %}
            else {{ stable_uuid('first_identifier') }}
{% endif %}
        end as profile_id
    from owned

)

select * from final
