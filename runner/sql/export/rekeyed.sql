{#-
    Grain: one row per line that was sent, of which the key of today is not
    recorded: the goal had another key, or an older runner sent it (X5).
-#}
{% set naming = naming_columns | map(attribute='name') | list %}
with

sent as (

    select * from {{ relations.recorded }}

),

members as (

    select profile_id from sent

),

{{ exported_profiles(of_groups, table, group_values, made, placed) }}

keyed as (

    select
        sent.profile_id as {{ name(names.key) }},
        sent.content_hash as {{ name(names.content_hash) }},
{% for column in naming_columns %}
        coalesce(
            {{ sent_text(column.name) }},
            {{ placed(
                export_column(column, dialect, is_harmless), column.location
            ) }}
        ) as {{ name(column.name) }}{{ ',' if not loop.last }}
{% endfor %}
    from sent
    inner join members
        on sent.profile_id = members.profile_id
    left join profiles
        on sent.profile_id = profiles.profile_id
{% for values in group_values %}
    left join {{ name(values.name) }}
        on sent.profile_id = {{ name(values.name) }}.profile_id
{% endfor %}

),

final as (

    select
        {{ name(names.key) }} as profile_id,
        {{ name(names.content_hash) }} as content_hash,
        {{ partner_key(key_columns, name(names.key)) }} as partner_key,
        {{ text_list(key_names | map('text')) }} as key_names,
        {{ text_list(naming | map('text')) }} as names,
        {{ text_list(naming | map('name')) }} as texts
    from keyed

)

select * from final
