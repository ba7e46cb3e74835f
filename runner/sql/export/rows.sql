{#- Grain: one row per exported member, every column as text (X1). -#}
with

{% if objectives %}
{{ consenting_members(segment, objectives) }}
{% else %}
members as (

{% if of_groups %}
    {{ exported_groups(of_groups, table, segment) }}
{% else %}
    select profile_id
    from {{ segment }}
{% endif %}

),

{% endif %}
{{ exported_profiles(of_groups, table, group_values, made, placed) }}

{% for values in consent_values %}
{{ name(values.name) }} as (

    select
        profile_id,
        consented
    from main.consent
    where objective = {{ text(values.objective) }}

),

{% endfor %}
{% for list in segment_lists %}
{{ name(list.name) }} as (

    select
        profile_id,
        {{ joined_items(
            sorted_items(collected(
                segment_title(list.titles), is_distinct=true
            )),
            dialect.item_separator
        ) }} as segments
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
        {{ placed(
            export_column(column, dialect, is_harmless), column.location
        ) }}
            as {{ name(column.name) }}{{ ',' if not loop.last }}
{% endfor %}
    from profiles
    semi join members
        on profiles.profile_id = members.profile_id
{% for values in consent_values %}
    left join {{ name(values.name) }}
        on profiles.profile_id = {{ name(values.name) }}.profile_id
{% endfor %}
{% for list in segment_lists %}
    left join {{ name(list.name) }}
        on profiles.profile_id = {{ name(list.name) }}.profile_id
{% endfor %}
{% for values in group_values %}
    left join {{ name(values.name) }}
        on profiles.profile_id = {{ name(values.name) }}.profile_id
{% endfor %}
{% if mapped %}
    where
{% endif %}
{% for column in mapped %}
        {{ 'or ' if not loop.first }}{{ has_value(column) }}
{% endfor %}

)

select * from final
