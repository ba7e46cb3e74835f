{#- runner.events: what Spark writes otherwise than DuckDB. -#}

{#- Grain: one row per event of a profile, the newest first. -#}
{% macro of_profile(profile_id) %}
select
    timeline.type,
    timeline.event_id,
    timeline.occurred_at,
    cast(timeline.details as string) as details,
    transform(
        array_sort(collect_list(named_struct(
            'position', made.origin,
            'value', named_struct(
                'goal', made.goal,
                'file', files.path,
                'line', made.origin % 4294967296,
                'build_id', files.build_id
            )
        )) filter (where made.goal is not null)),
        entry -> entry.value
    ) as sources
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
