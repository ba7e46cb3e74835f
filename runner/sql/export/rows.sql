{#- Grain: one row per exported member, every column as text (X1). -#}
with

members as (

    select distinct profile_id
    from {{ segment }}

),

profiles as (

    select * from main.profiles

),

{% for list in segment_lists %}
{{ name(list.name) }} as (

    select
        profile_id,
        array_to_string(
            list_sort(list_distinct(list(segment))),
            {{ dialect.item_separator }}
        ) as segments
    from main.segment_members
{% if list.segments %}
    where segment in ({{ list.segments | map('text') | join(', ') }})
{% endif %}
    group by profile_id

),

{% endfor %}
final as (

    select
        profiles.profile_id as {{ name(key) }},
{% for column in columns %}
        {{ placed(export_column(column, dialect, is_harmless), column.place) }}
            as {{ name(column.name) }}{{ ',' if not loop.last }}
{% endfor %}
    from profiles
    inner join members
        on profiles.profile_id = members.profile_id
{% for list in segment_lists %}
    left join {{ name(list.name) }}
        on profiles.profile_id = {{ name(list.name) }}.profile_id
{% endfor %}
{% if mapped %}
    where
{% endif %}
{% for column in mapped %}
        {{ 'or ' if not loop.first }}{{ has_value(column) }}
{% endfor %}

)

select * from final
order by {{ name(key) }}
