create table if not exists $relation (
    group_id uuid not null,
    members bigint,
    created_at timestamp,
    updated_at timestamp
);
comment on table $relation is $comment;
comment on column $relation.group_id is 'Made from the first identifier: the same on every rebuild';
comment on column $relation.members is 'Profiles that name the group';
comment on column $relation.created_at is 'When the file was written that first named the group (UTC)';
comment on column $relation.updated_at is 'When the file was written that last changed a value (UTC)';
