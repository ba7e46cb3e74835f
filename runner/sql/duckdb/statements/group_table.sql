create table if not exists $relation (
    profile_id uuid not null,
    created_at timestamp,
    updated_at timestamp
);
comment on table $relation is $comment;
comment on column $relation.profile_id is 'Id of the group; imports call it as they call the id of a profile';
comment on column $relation.created_at is 'When the file was written that first named the group (UTC)';
comment on column $relation.updated_at is 'When the file was written that last changed a value (UTC)';
