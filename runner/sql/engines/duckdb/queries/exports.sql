{#- What exports send, and what they sent before. -#}

{#-
    Grain: one row per profile that was sent last, with the hash of its
    content.
-#}
{% macro sent(path=none) %}
{% if path is none %}
select
    cast(null as uuid) as profile_id,
    cast(null as varchar) as content_hash
where false
{% else %}
select
    profile_id,
    content_hash
from read_parquet({{ path }})
{% endif %}
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
{% macro member_changes(members, path) %}
select
    count(earlier.profile_id) as earlier_count,
    count(*) filter (where earlier.profile_id is null) as come,
    count(*) filter (where members.profile_id is null) as gone
from {{ members }} as members
full join read_parquet({{ path }}) as earlier
    on members.profile_id = earlier.profile_id
{% endmacro %}

{#- Grain: one row per removed line of an erased profile, as it was kept. -#}
{% macro erased(path) %}
select * from read_parquet({{ path }})
{% endmacro %}

{#-
    Grain: one row per removed line; those of erased profiles with what was
    kept of them.
-#}
{% macro with_erased(removed, key, columns, path) %}
select removed.* replace (
    {% for column in columns %}
    coalesce(erased.{{ column | name }}, removed.{{ column | name }})
        as {{ column | name }}{% if not loop.last %},{% endif %}

    {% endfor %}
)
from {{ removed }} as removed
left join (
    {{ erased(path) }}
) as erased
    on removed.{{ key | name }} = erased.{{ key | name }}
{% endmacro %}

{#-
    Grain: one row per removed line; of profiles that are kept in the file,
    that one.
-#}
{% macro removed_or_kept(removed, columns, key, path=none) %}
{% if path is none %}
select {{ columns | names }}
from {{ removed }}
{% else %}
{{ erased(path) }}
union all by name
select {{ columns | names }}
from {{ removed }}
where {{ key | name }} not in (
    select {{ key | name }}
    from read_parquet({{ path }})
)
{% endif %}
{% endmacro %}

{#- Grain: no row; the profiles of an export that has none any more. -#}
{% macro no_profiles(key) %}
select cast(null as uuid) as {{ key | name }}
where false
{% endmacro %}
