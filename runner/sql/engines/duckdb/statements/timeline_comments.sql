comment on view main.timeline is 'One row per event of any type';
comment on column main.timeline.profile_id is 'The profile that it happened to';
comment on column main.timeline.type is 'Event type';
comment on column main.timeline.occurred_at is 'When it happened (UTC)';
comment on column main.timeline.event_id is 'Id of the event, unique in its type';
comment on column main.timeline.details is 'Properties and nested lists, as JSON';
