select
    timeline.type,
    timeline.event_id,
    timeline.occurred_at,
    cast(timeline.details as varchar) as details,
    list({
        'goal': told.goal,
        'file': files.path,
        'line': told.origin % 4294967296,
        'build_id': files.build_id
    } order by told.origin) filter (where told.goal is not null) as sources
from main.timeline
left join runner.events as told
    on timeline.type = told.type
    and timeline.event_id = told.event_id
left join runner.files as files
    on told.origin // 4294967296 = files.file_id
where timeline.profile_id = $profile_id
group by
    timeline.type,
    timeline.event_id,
    timeline.occurred_at,
    cast(timeline.details as varchar)
order by
    timeline.occurred_at desc,
    timeline.type,
    timeline.event_id
