alter table $relation add column if not exists $column $type;
comment on column $relation.$column is $comment;
