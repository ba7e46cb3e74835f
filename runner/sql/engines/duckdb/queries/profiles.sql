{#- main.profiles, its groups, products and segments. -#}

{#-
    Grain: one row per profile with all of these values, as `(column,
    value)`: of a property, or of the identifier of that name.
-#}
{% macro find(values) %}
select profile_id
from main.profiles
where
    {% for column, value, known in values %}
    {% if not loop.first %}and {% endif %}

    {% if column == 'profile_id' %}
    cast(profile_id as string) = lower({{ value }})
    {% else %}
    (
        lower(cast({{ column | name }} as string)) = lower({{ value }})
        or profile_id in (
            select profile_id
            from runner.identifiers
            where
                identifier = {{ column }}
                and lower(value) = lower({{ known }})
        )
    )
    {% endif %}
    {% endfor %}
order by profile_id
limit 20
{% endmacro %}

{#- Grain: one row. -#}
{% macro profile(profile_id) %}
select *
from main.profiles
where profile_id = {{ profile_id }}
{% endmacro %}

{#- Grain: one row per segment that a profile is in. -#}
{% macro segments(profile_id) %}
select segment
from main.segment_members
where profile_id = {{ profile_id }}
order by segment
{% endmacro %}

{#- Grain: one row per property and group of a profile that it names (G1). -#}
{% macro groups(profile_id) %}
select
    group_type,
    identifier,
    property
from main.profile_groups
where profile_id = {{ profile_id }}
order by
    group_type,
    property,
    identifier
{% endmacro %}

{#- Grain: one row per row of a file that was applied to a profile. -#}
{% macro lines(profile_id) %}
select
    rows_read.goal,
    files.path,
    rows_read.origin % 4294967296 as line,
    files.build_id
from runner.rows as rows_read
left join runner.files as files
    on rows_read.origin // 4294967296 = files.file_id
where rows_read.profile_id = {{ profile_id }}
order by rows_read.origin
{% endmacro %}

{#-
    Grain: one row per line that retracted what an earlier line gave to a
    profile, and that is no row of it; line 0 where a file no longer has a line.
-#}
{% macro retracting_lines(profile_id) %}
select
    retractions.goal,
    files.path,
    retractions.origin % 4294967296 as line,
    files.build_id
from runner.retractions as retractions
left join runner.files as files
    on retractions.origin // 4294967296 = files.file_id
where
    retractions.profile_id = {{ profile_id }}
    and not exists (
        select true
        from runner.rows as rows_read
        where
            rows_read.goal = retractions.goal
            and rows_read.profile_id = retractions.profile_id
            and rows_read.origin = retractions.origin
    )
order by retractions.origin
{% endmacro %}

{#- Grain: one row per profile of a segment. -#}
{% macro members(select) %}
select distinct members.profile_id
from (
{{ select }}
) as members
inner join main.profiles as profiles
    on members.profile_id = profiles.profile_id
order by members.profile_id
{% endmacro %}

{#-
    Grain: one row per segment and member; those of one segment are written
    again.
-#}
{% macro list_members(segment, relation) %}
delete from main.segment_members where segment = {{ segment }};
insert into main.segment_members
select
    {{ segment }},
    profile_id
from {{ relation }}
{% endmacro %}

{#- Grain: groups have the number of profiles that name them. -#}
{% macro count_group_members(relation) %}
update {{ relation }} as groups
set members = counted.members
from (
    select
        known.group_id,
        count(distinct links.profile_id) as members
    from {{ relation }} as known
    left join main.profile_groups as links
        on known.group_id = links.group_id
    group by known.group_id
) as counted
where
    groups.group_id = counted.group_id
    and groups.members is distinct from counted.members
{% endmacro %}

{#- Grain: one row: products that a feed made, changed, left as they were. -#}
{% macro count_products(fresh) %}
select
    count(*) filter (where "batch.is_created"),
    count(*) filter (where "batch.is_changed" and not "batch.is_created"),
    count(*) filter (where not "batch.is_changed")
from {{ fresh }}
{% endmacro %}

{#- Grain: products of a feed that are new or changed are written again. -#}
{% macro put_products(goal, fresh) %}
delete from runner.product_feed
where
    goal = {{ goal }}
    and id in (select id from {{ fresh }} where "batch.is_changed");
insert into runner.product_feed by name
select fresh.* exclude ("batch.first_order", "batch.is_created", "batch.is_changed")
from {{ fresh }} as fresh
where fresh."batch.is_changed";
{% endmacro %}

{#- Grain: sums of profiles that have a lower permission level now. -#}
{% macro lower_sums(lowered) %}
update runner.sums as earlier
set amounts = lowered.amounts
from {{ lowered }} as lowered
where
    earlier.goal = lowered.goal
    and earlier.sources = lowered.sources
    and earlier.line_hash = lowered.line_hash
    and earlier.profile_id = lowered.profile_id
{% endmacro %}

{#-
    Grain: one row per profile, group or product as it is before a goal is
    applied.
-#}
{% macro before_goal(relation, goal=none) %}
select *
from {{ relation }}
{% if goal is not none %}
where goal = {{ goal }}
{% endif %}
{% endmacro %}
