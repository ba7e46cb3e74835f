{#-
    Grain: one row per profile that loses a value which was added to it, and
    which no line, of this goal or another, adds any more (P5); as the profile
    is then.
-#}
{{ config(materialized='temporary', after=['runner.additions'], when=lists) }}
{% set left = namespace(values={}) %}
{% for property in lists %}
{% set gone = 'lists.' ~ name(property) %}
{% set held = 'profiles.' ~ name(property) %}
{% set is_gone = has_item(gone, 'cast(item as string)') %}
{% set value -%}
if(
                {{ gone }} is null,
                {{ held }},
                nullif(
                    {{ items_where(held, 'item', 'not ' ~ is_gone) }},
                    {{ list_of([]) }}
                )
            )
{%- endset %}
{% set left.values = dict(left.values, **{name(property): value}) %}
{% endfor %}
with

superseded as (

    select distinct
        profile_id,
        property,
        {{ each_item('items') }} as item
    from {{ relations.superseded_additions }}

),

additions as (

    select
        profile_id,
        property,
        items
    from runner.additions

),

profiles as (

    select * from {{ entity.table }}

),

still_added as (

    select
        additions.profile_id,
        additions.property,
        {{ each_item('additions.items') }} as item
    from additions
    semi join superseded
        on additions.profile_id = superseded.profile_id
        and additions.property = superseded.property

),

retracted as (

    select superseded.*
    from superseded
    anti join still_added
        on superseded.profile_id = still_added.profile_id
        and superseded.property = still_added.property
        and superseded.item = still_added.item

),

lists as (

    select
        profile_id{{ ',' if lists }}
{% for property in lists %}
        {{ collected('item', where='property = ' ~ text(property)) }}
            as {{ name(property) }}{{ ',' if not loop.last }}
{% endfor %}
    from retracted
    group by profile_id

),

final as (

    select {{ all_columns('profiles', replaced=left.values) }}
    from profiles
    inner join lists
        on profiles.{{ entity.id }} = lists.profile_id

)

select * from final
