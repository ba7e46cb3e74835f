{#-
    Grain: one row per profile of several files: the last of them that changes a
    value, as if each came in a build of its own (P8); null where none does.
-#}
{{ config(materialized='temporary', when=is_several) }}
with

several as (

    select profile_id
    from {{ relations.several_files }}

),

value_changes as (

    select * from {{ relations.value_changes }}

),

{% if plan.lines %}
sum_changes as (

    select * from {{ relations.sum_changes }}

),

{% endif %}
{% if plan.adds %}
list_changes as (

    select * from {{ relations.list_changes }}

),

{% endif %}
changes as (

    select * from value_changes
{% if plan.lines %}
    union all
    select * from sum_changes
{% endif %}
{% if plan.adds %}
    union all
    select * from list_changes
{% endif %}

),

final as (

    select
        several.profile_id,
        max(changes.file_id) as file_id
    from several
    left join changes
        on several.profile_id = changes.profile_id
    group by several.profile_id

)

select * from final
