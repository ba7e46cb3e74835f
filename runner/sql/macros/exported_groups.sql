{#-
    The groups that are exported: all of a type, or those with a segment's
    member.
-#}
{% macro exported_groups(group_type, table, segment) -%}
{% if segment %}
select distinct memberships.group_id as profile_id
    from main.profile_groups as memberships
    inner join {{ segment }} as segment
        on memberships.profile_id = segment.profile_id
    where
        memberships.group_type = {{ text(group_type) }}
        and memberships.group_id is not null
{%- else %}
select group_id as profile_id
    from main.{{ table }}
{%- endif %}
{%- endmacro %}
