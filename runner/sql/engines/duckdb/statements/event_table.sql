create table if not exists $relation (
    event_id varchar not null,
    profile_id uuid not null,
    occurred_at timestamp not null
);
comment on table $relation is $comment;
comment on column $relation.event_id is 'Id of the event; made from its content where the files have none';
comment on column $relation.profile_id is 'The profile that it happened to';
comment on column $relation.occurred_at is 'When it happened (UTC)';
