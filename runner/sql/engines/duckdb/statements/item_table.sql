create table if not exists $relation (
    event_id varchar not null,
    profile_id uuid not null,
    position integer not null
);
comment on table $relation is $comment;
comment on column $relation.event_id is 'The event that the item belongs to';
comment on column $relation.profile_id is 'The profile that the event happened to';
comment on column $relation.position is 'Place in the list of the event, from 1';
