alter table main.profiles add column if not exists $column $type;
comment on column main.profiles.$column is $comment;
