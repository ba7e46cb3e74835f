{#-
    Grain: one row per row imported before of a line, or a profile, that the
    batch may change; without values.
-#}
{{ config(materialized='append', into=relations.rows, when=is_settling) }}
with

known as {{ not_materialized() }} (

    select *
    from {{ relations.joined }}
    where known_profile_id is not null

),

{# All lines of a changing profile are changing ones. #}
{% if plan.tracks_lines %}
changing as (

    select key_hash
    from {{ relations.changing_lines }}

),

{% else %}
changing as (

    select profile_id
    from {{ relations.changing_profiles }}

),

{% endif %}
final as (

    select
        known.*,
        false as is_kept
    from known
    semi join changing
{% if plan.tracks_lines %}
        on known.key_hash = changing.key_hash
{% else %}
        on known.known_profile_id = changing.profile_id
{% endif %}

)

select * from final
