{#-
    Grain: one row per line of an export's files, numbered in each file (X4).
-#}
with

exported as (

    select * from {{ relations.exported }}

),

{% if is_compared %}
sent as (

    select
        profile_id as sent_id,
        content_hash as sent_hash
    from {{ relations.sent }}

),

{% if lists_removed %}
removed as (

    select * from {{ relations.removed }}

),

{% endif %}
compared as materialized (

    select *
    from exported
    left join sent
        on exported.{{ name(names.key) }} = sent.sent_id

),

changes as (

    select
        {{ name(names.key) }},
{% for column in columns %}
        {{ column }},
{% endfor %}
        if(sent_id is null, 'added', 'changed') as {{ name(names.change) }}
    from compared
    where sent_hash is distinct from {{ name(names.content_hash) }}
{% if lists_removed %}
    union all by name
    select
        *,
        'removed' as {{ name(names.change) }}
    from removed
{% endif %}

),

{% else %}
changes as (

    select
        *,
        cast(null as varchar) as {{ name(names.change) }}
    from exported

),

{% endif %}
final as (

    select
        *{{ ' replace (' if change_columns else ',' }}
{% for column in change_columns %}
            {{ name(names.change) }} as {{ column }}{{ ',' if not loop.last }}
{% endfor %}
{% if change_columns %}
        ),
{% endif %}
        row_number() over (
{% if is_file_per_change %}
            partition by {{ name(names.change) }}
{% endif %}
            order by {{ name(names.key) }}
        ) as {{ name(names.position) }}
    from changes

)

select * from final
