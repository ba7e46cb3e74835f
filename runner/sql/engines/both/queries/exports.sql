{#- What exports send, and what they sent before. -#}

{#-
    Grain: one row per line that was sent last, as it is recorded.
-#}
{% macro recorded(rows=none) %}
{% if rows is none %}
select
    cast(null as {{ stored_type('id') }}) as profile_id,
    cast(null as string) as content_hash,
    cast(null as string) as partner_key,
    cast(null as {{ list_type('string') }}) as key_names,
    cast(null as {{ list_type('string') }}) as names,
    cast(null as {{ list_type('string') }}) as texts
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
    cast(null as {{ list_type('string') }}) as key_names,
    cast({{ columns }} as {{ list_type('string') }}) as names,
    {% if columns %}
    kept.texts
from {{ rows }} as sent
left join (
    select
        {{ key | name }} as erased_id,
        {{ list_of(columns | map('name') | list) }} as texts
    from {{ erased }}
) as kept
    on sent.profile_id = kept.erased_id
    {% else %}
    cast(null as {{ list_type('string') }}) as texts
from {{ rows }} as sent
    {% endif %}
{% endmacro %}

{#-
    Grain: one row: whether lines are recorded without the key of today, or
    without the texts that name removed persons.
-#}
{% macro is_rekeyed(recorded, key_names, lists_removed) %}
select coalesce(bool_or(
    key_names is distinct from cast({{ key_names }} as {{ list_type('string') }})
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
{% set names -%}
cast({{ key_names }} as {{ list_type('string') }})
{%- endset %}
select count(*)
from {{ sent }} as sent
where
    not exists (
        select 1
        from {{ exported }} as exported
        where sent.partner_key = exported.{{ partner_key | name }}
    )
    and not coalesce({{ has_all_items('sent.names', names) }}, false)
{% endmacro %}

{#- Grain: one row per row of the lines that go into one file. -#}
{% macro file(lines, position, first, last, change_column, change) %}
select *
from {{ lines }}
where
    {% if change %}
    {{ change_column }} = {{ change }} and
    {% endif %}
    {{ position }} between {{ first }} and {{ last }}
{% endmacro %}

{#- Grain: one row per profile that an export sends. -#}
{% macro members(select, key) %}
select distinct {{ key | name }} as profile_id
from (
{{ select }}
)
{% endmacro %}

{#-
    Grain: one row: members sent before, those that are new, those that are
    gone.
-#}
{% macro member_changes(members, rows) %}
select
    count(earlier.profile_id) as earlier_count,
    count(*) filter (where earlier.profile_id is null) as come,
    count(*) filter (where members.profile_id is null) as gone
from {{ members }} as members
full join {{ rows }} as earlier
    on members.profile_id = earlier.profile_id
{% endmacro %}
