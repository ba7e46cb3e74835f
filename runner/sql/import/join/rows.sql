{#-
    Grain: one row per joined row of the goal (R3 to R5); with `is_settling`, of
    those that were not imported before. Linking then sets `key_...` to null
    where too many share a value or a decision separates it.
-#}
{{ config(materialized='temporary') }}
{#-
    A row imported before keeps only values of consent (C1), a filtered one
    nothing. What else lines hold is read when it is known whose they are (R8).
-#}
{% set is_applied = 'is_kept' %}
{% if plan.reads_known %}
{% set is_applied = 'is_kept and known_profile_id is null' %}
{% endif %}
{% set last = namespace(step='known') %}
with

{% if is_settling %}
known as (

    select
        *,
        true as is_kept
    from {{ relations.joined }}
    where known_profile_id is null

),

{% set used = plan.read_sources %}
{{ with_columns(plan, relations, used, last) if used -}}
{% else %}
{{ joined_rows(
    plan, relations, chained_rows, row_hashes, line_hashes, is_first
) -}}
{% endif %}
{% for source in chained if source.required %}
required_{{ source.name }} as (

{% set found = 'is_kept and ' ~ plan.row_of(source.name) ~ ' is not null' %}
    select {{ all_columns(last.step, replaced={'is_kept': found}) }}
    from {{ last.step }}

),

{% set last.step = 'required_' ~ source.name %}
{% endfor %}
{{ process_steps(plan, last) -}}
{% if plan.events | selectattr('when') | list %}
held as (

    select
        *,
{% for event in plan.events if event.when %}
        is_kept and coalesce((
            {{ written(event.when) }}
        ), false) as {{ event.held }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ last.step }}

),

{% set last.step = 'held' %}
{% endif %}
{% set keys = plan.identity_keys %}
{{ read_values(plan, last, items, keys, is_applied, 'is_kept') -}}
final as (

    select
        main_row,
        origin,
        row_order,
        row_hash,
        known_profile_id,
        known_origin,
{% if plan.reads_known %}
        {{ is_applied }} as is_kept,
        is_kept as is_read,
        event_profile_id,
{% for event in plan.events if event.when %}
        {{ event.held }},
{% endfor %}
{% for source in plan.kept_lines %}
        {{ plan.line_of(source) }},
{% endfor %}
{% else %}
        is_kept,
{% endif %}
{% if plan.tracks_lines %}
        key_hash,
{% endif %}
{% if main.keeps_duplicates %}
        {{ plan.occurrence }},
{% endif %}
{% for source in chained %}
        {{ plan.row_of(source.name) }},
        {{ plan.missing_of(source.name) }},
{% endfor %}
{% for sources in plan.lines %}
        {{ plan.line(loop.index) }},
{% endfor %}
{% for key, part in plan.ignored_parts %}
        {{ ignored_value(key_part(key, part), part.declared) }}
            as {{ key.ignored_of(part) }},
{% endfor %}
{% for key in plan.identity_keys %}
        {{ key.column }}{{ ',' if not loop.last or items }}
{% endfor %}
{{ value_columns(items) }}
    from parsed

)

select * from final
