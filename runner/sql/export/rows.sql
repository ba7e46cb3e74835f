{#- Grain: one row per exported member, every column as text (X1). -#}
{% set is_masked = objectives and is_removed %}
with

{% if objectives and not is_removed %}
{{ consenting_members(segment, objectives) }}
{% else %}
members as (

{% if is_removed %}
    select sent.profile_id
    from {{ relations.sent }} as sent
    anti join {{ relations.exported }} as exported
        on sent.profile_id = exported.{{ name(key) }}
{% if not has_id %}
{# A merged id has nothing but the id to send: the person was not removed. #}
    anti join runner.aliases as merged
        on sent.profile_id = merged.alias_id
{% endif %}
{% elif of_groups %}
    {{ exported_groups(of_groups, table, segment) }}
{% else %}
    select distinct profile_id
    from {{ segment }}
{% endif %}

),

{% if objectives %}
candidates as (

    select profile_id from members

),

{{ refused_members(objectives) }}
{% endif %}
{% endif %}
{{ exported_profiles(of_groups, table, group_values, made, placed) }}

{% if recalled and is_removed %}
recalled as (

    select
        profile_id,
{% for identifier in recalled %}
        try_cast(
            max(value) filter (where identifier = {{ text(identifier) }})
            as {{ sql_type(properties[identifier].type) }}
        ) as {{ name(identifier) }}{{ ',' if not loop.last }}
{% endfor %}
    from runner.identifiers
    where profile_id in (select profile_id from members)
    group by profile_id

),

{% endif %}
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
        array_to_string(
            list_sort(list_distinct(
                list({{ segment_title(list.titles) }})
            )),
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
        members.profile_id as {{ name(key) }},
{% for column in columns %}
{% if is_masked and not column.is_key %}
        case when refused.profile_id is null then
{% endif %}
        {{ placed(
            export_column(column, dialect, is_harmless), column.location
        ) }}
{% if is_masked and not column.is_key %}
        end
{% endif %}
            as {{ name(column.name) }}{{ ',' if not loop.last }}
{% endfor %}
{% if is_removed %}
    from members
    left join profiles
{% else %}
    from profiles
    inner join members
{% endif %}
        on profiles.profile_id = members.profile_id
{% if recalled and is_removed %}
    left join recalled
        on members.profile_id = recalled.profile_id
{% endif %}
{% if is_masked %}
    left join refused
        on members.profile_id = refused.profile_id
{% endif %}
{% for values in consent_values %}
    left join {{ name(values.name) }}
        on members.profile_id = {{ name(values.name) }}.profile_id
{% endfor %}
{% for list in segment_lists %}
    left join {{ name(list.name) }}
        on members.profile_id = {{ name(list.name) }}.profile_id
{% endfor %}
{% for values in group_values %}
    left join {{ name(values.name) }}
        on members.profile_id = {{ name(values.name) }}.profile_id
{% endfor %}
{% if mapped and not is_removed %}
    where
{% endif %}
{% for column in mapped if not is_removed %}
        {{ 'or ' if not loop.first }}{{ has_value(column) }}
{% endfor %}

)

select * from final
