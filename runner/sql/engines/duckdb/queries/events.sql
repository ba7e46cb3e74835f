{#- runner.events, runner.event_lineage and the tables of events. -#}

{#- Grain: one row per event type that a goal made events of. -#}
{% macro types(goal) %}
select distinct type
from runner.events
where goal = {{ goal }}
{% endmacro %}

{#- Grain: the events that a goal alone made are gone from a table. -#}
{% macro retract(relation, goal, type) %}
delete from {{ relation }}
where
    event_id in (
        select event_id
        from runner.events
        where
            goal = {{ goal }}
            and type = {{ type }}
    )
    and event_id not in (
        select event_id
        from runner.events
        where
            goal != {{ goal }}
            and type = {{ type }}
    )
{% endmacro %}

{#-
    Grain: the events of a goal that no line of it makes any more are not
    its own.
-#}
{% macro disown(goal, superseded) %}
delete from runner.events
where
    goal = {{ goal }}
    and (type, event_id) in (
        select
            superseded.type,
            superseded.event_id
        from {{ superseded }} as superseded
        anti join runner.event_lineage as lineage
            on superseded.goal = lineage.goal
            and superseded.type = lineage.type
            and superseded.event_id = lineage.event_id
    )
{% endmacro %}

{#- Grain: the retracted events are gone from a table. -#}
{% macro delete_retracted(relation, retracted, type) %}
delete from {{ relation }}
where
    event_id in (
        select event_id
        from {{ retracted }}
        where
            type = {{ type }}
            and nested = ''
    )
{% endmacro %}

{#- Grain: one row per event that loses items of a nested list. -#}
{% macro losing(retracted, type, nested) %}
select distinct event_id
from {{ retracted }}
where
    type = {{ type }}
    and nested = {{ nested }}
{% endmacro %}

{#-
    Grain: one row per event of a goal, with the last line that it was made
    from.
-#}
{% macro note(goal, type, fresh, changed) %}
delete from runner.events
where
    goal = {{ goal }}
    and type = {{ type }}
    and event_id in (select event_id from {{ changed }});
insert into runner.events
select
    {{ goal }},
    {{ type }},
    fresh.event_id,
    fresh."batch.last_origin"
from {{ fresh }} as fresh
anti join (
    select event_id
    from runner.events
    where
        goal = {{ goal }}
        and type = {{ type }}
) as known
    on fresh.event_id = known.event_id;
{% endmacro %}

{#- Grain: the items of events have the profile of their event. -#}
{% macro move_items(relation, fresh) %}
update {{ relation }}
set profile_id = fresh.profile_id
from {{ fresh }} as fresh
where
    {{ relation }}.event_id = fresh.event_id
    and {{ relation }}.profile_id != fresh.profile_id
{% endmacro %}

{#- Grain: the events of profiles that may not be tracked are no goal's. -#}
{% macro disown_untracked(relation, type) %}
delete from runner.events
where
    type = {{ type }}
    and event_id in (
        select events.event_id
        from {{ relation }} as events
        inner join main.profiles as profiles
            on events.profile_id = profiles.profile_id
        where profiles.permission_level = 'do_not_track'
    )
{% endmacro %}

{#- Grain: the events or items of profiles that may not be tracked are gone. -#}
{% macro delete_untracked(relation) %}
delete from {{ relation }}
where profile_id in (
    select profile_id
    from main.profiles
    where permission_level = 'do_not_track'
)
{% endmacro %}

{#-
    Grain: one row: events of a batch that were created, updated and unchanged,
    and are not kept, for their profile may not be tracked.
-#}
{% macro count_untracked(relation, fresh, changed) %}
select
    count(*) filter (where changed.is_created) as created,
    count(*) filter (where not changed.is_created) as updated,
    count(*) filter (where changed.event_id is null) as unchanged
from {{ fresh }} as fresh
left join {{ changed }} as changed
    on fresh.event_id = changed.event_id
anti join {{ relation }} as kept
    on fresh.event_id = kept.event_id
{% endmacro %}

{#- Grain: one row per event of a profile, the newest first. -#}
{% macro of_profile(profile_id) %}
select
    timeline.type,
    timeline.event_id,
    timeline.occurred_at,
    cast(timeline.details as string) as details,
    list({
        'goal': made.goal,
        'file': files.path,
        'line': made.origin % 4294967296,
        'build_id': files.build_id
    } order by made.origin) filter (where made.goal is not null) as sources
from main.timeline
left join runner.events as made
    on timeline.type = made.type
    and timeline.event_id = made.event_id
left join runner.files as files
    on made.origin // 4294967296 = files.file_id
where timeline.profile_id = {{ profile_id }}
group by
    timeline.type,
    timeline.event_id,
    timeline.occurred_at,
    cast(timeline.details as string)
order by
    timeline.occurred_at desc,
    timeline.type,
    timeline.event_id
{% endmacro %}
