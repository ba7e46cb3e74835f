{#-
    Grain: one row per line of an export's files, numbered in each file (X4).
-#}
{% set changed = namespace(values={}) %}
{% for column in change_columns %}
{% set value = {column: name(names.change)} %}
{% set changed.values = dict(changed.values, **value) %}
{% endfor %}
with

exported as (

    select * from {{ relations.exported }}

),

{% if is_compared %}
sent as (

    select
        partner_key,
        content_hash
    from {{ relations.sent }}

),

sent_keys as (

    select distinct partner_key
    from sent

),

{% if lists_removed %}
removed as (

    select * from {{ relations.removed }}

),

{% endif %}
unlike_sent as (

    select exported.*
    from exported
    anti join sent
        on exported.{{ name(names.partner_key) }} = sent.partner_key
        and exported.{{ name(names.content_hash) }} = sent.content_hash

),

changes as (

    select
        unlike_sent.{{ name(names.key) }},
{% for column in columns %}
        unlike_sent.{{ column }},
{% endfor %}
        if(sent_keys.partner_key is null, 'added', 'changed')
            as {{ name(names.change) }}
    from unlike_sent
    left join sent_keys
        on unlike_sent.{{ name(names.partner_key) }} = sent_keys.partner_key
{% if lists_removed %}
    union all
    select
        {{ name(names.key) }},
{% for column in columns %}
        {{ column }},
{% endfor %}
        'removed' as {{ name(names.change) }}
    from removed
{% endif %}

),

{% else %}
changes as (

    select
        *,
        cast(null as string) as {{ name(names.change) }}
    from exported

),

{% endif %}
final as (

    select
        {{ all_columns('changes', replaced=changed.values) }},
        row_number() over (
{% if is_file_per_change %}
            partition by {{ name(names.change) }}
{% endif %}
            order by
{% if lists_removed and not is_file_per_change %}
                {{ name(names.change) }} = 'removed' desc,
{% endif %}
                {{ name(names.key) }}
        ) as {{ name(names.position) }}
    from changes

)

select * from final
