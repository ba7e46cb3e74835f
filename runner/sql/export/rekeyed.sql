{#-
    Grain: one row per line that was sent under another key than that of today.
    Its texts are recorded, or those of an exported line of the same content
    (X5).
-#}
{% set naming = naming_columns | map(attribute='name') | list %}
{% set known = namespace(texts=[]) %}
{% for column in naming %}
{% set known_text -%}
if(
                exported.{{ name(names.key) }} is null,
                {{ sent_text(column) }},
                exported.{{ name(column) }}
            )
{%- endset %}
{% set known.texts = known.texts + [known_text] %}
{% endfor %}
{% set own_names = text_list(key_names | map('text')) %}
{% set key = namespace(texts=[]) %}
{% for column in key_names %}
{% set position = naming.index(column) + 1 %}
{% set key.texts = key.texts + [item_at('known_texts', position)] %}
{% endfor %}
with

sent as (

    select * from {{ relations.recorded }}

),

exported as (

    select * from {{ relations.exported }}

),

known as (

    select
        sent.*,
        exported.{{ name(names.key) }} is not null
        or {{ holds_key('sent.names', key_names) }} as is_known,
        {{ text_list(known.texts) }} as known_texts
    from sent
    left join exported
        on sent.profile_id = exported.{{ name(names.key) }}
        and sent.content_hash = exported.{{ name(names.content_hash) }}

),

final as (

    select
        profile_id,
        content_hash,
        case
            when key_names = {{ own_names }}
                then partner_key
            when is_known
                then {{ partner_key(key.texts, 'profile_id') }}
        end as partner_key,
        {{ own_names }} as key_names,
        if(is_known, {{ text_list(naming | map('text')) }}, names) as names,
        if(is_known, known_texts, texts) as texts
    from known

)

select * from final
