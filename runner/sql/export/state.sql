{#-
    Grain: one row per line that was sent: the hash of its content (X4), its
    key, and the texts that name its person where removed lines are sent (X5).
-#}
{% set naming = naming_columns | map(attribute='name') | list %}
select
    {{ name(names.key) }} as profile_id,
    {{ name(names.content_hash) }} as content_hash,
    {{ name(names.partner_key) }} as partner_key,
    {{ text_list(key_names | map('text')) }} as key_names,
{% if lists_removed %}
    {{ text_list(naming | map('text')) }} as names,
    {{ text_list(naming | map('name')) }} as texts
{% else %}
    cast(null as {{ list_type('string') }}) as names,
    cast(null as {{ list_type('string') }}) as texts
{% endif %}
from {{ relations.exported }}
order by profile_id
