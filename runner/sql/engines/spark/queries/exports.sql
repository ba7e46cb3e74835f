{#- What exports send, and what they sent before. -#}

{#-
    Grain: one row per line that was sent last, as it is recorded.
-#}
{% macro recorded(rows=none) %}
{% if rows is none %}
select
    cast(null as string) as profile_id,
    cast(null as string) as content_hash,
    cast(null as string) as partner_key,
    cast(null as array<string>) as key_names,
    cast(null as array<string>) as names,
    cast(null as array<string>) as texts
where false
{% else %}
select
    profile_id,
    content_hash,
    partner_key,
    key_names,
    names,
    texts
from {{ rows }}
{% endif %}
{% endmacro %}

{#-
    Grain: one row per profile that an older runner sent last; it recorded no
    key. Of erased persons it kept what names them, in a file of its own.
-#}
{% macro recorded_before(rows, erased=none, key=none, columns=()) %}
select
    sent.profile_id,
    sent.content_hash,
    cast(null as string) as partner_key,
    cast(null as array<string>) as key_names,
    cast({{ columns }} as array<string>) as names,
    {% if columns %}
    kept.texts
from {{ rows }} as sent
left join (
    select
        {{ key | name }} as erased_id,
        [{{ columns | names }}] as texts
    from {{ erased }}
) as kept
    on sent.profile_id = kept.erased_id
    {% else %}
    cast(null as array<string>) as texts
from {{ rows }} as sent
    {% endif %}
{% endmacro %}

{#-
    Grain: one row: whether lines are recorded without the key of today, or
    without the texts that name removed persons.
-#}
{% macro is_rekeyed(recorded, key_names, lists_removed) %}
select coalesce(bool_or(
    key_names is distinct from cast({{ key_names }} as array<string>)
    {% if lists_removed %}
    or texts is null
    {% endif %}
), false)
from {{ recorded }}
{% endmacro %}

{#-
    Grain: one row: lines that were sent and are exported no longer, of which
    the key is not recorded.
-#}
{% macro count_unnamed(sent, exported, partner_key, key_names) %}
select count(*)
from {{ sent }} as sent
left anti join {{ exported }} as exported
    on sent.partner_key = exported.{{ partner_key | name }}
where coalesce(size(array_except(
    cast({{ key_names }} as array<string>), sent.names
)) > 0, true)
{% endmacro %}
