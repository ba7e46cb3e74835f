{#-
    Grain: one row per line that was sent with a key that no exported member
    has: what names them, as it was sent, and nothing else (X5). A line whose
    key is empty, or is not recorded, names nobody.
-#}
with

exported as (

    select * from {{ relations.exported }}

),

sent as (

    select * from {{ relations.sent }}

),

named as (

    select
        profile_id as {{ name(names.key) }},
        partner_key as {{ name(names.partner_key) }},
{% for column in columns %}
{% if column in naming_columns %}
        {{ sent_text(column.name) }}
{% elif column.kind == 'text' %}
        {{ export_column(column, dialect, is_harmless) }}
{% else %}
        cast(null as string)
{% endif %}
            as {{ name(column.name) }}{{ ',' if not loop.last }}
{% endfor %}
    from sent
    where {{ holds_key('sent.names', key_names) }}

),

final as (

    select named.*
    from named
    anti join exported
        on named.{{ name(names.partner_key) }}
            = exported.{{ name(names.partner_key) }}
    where
        false
{% for column in key_columns %}
        or named.{{ name(column.name) }} != ''
{% endfor %}

)

select * from final
