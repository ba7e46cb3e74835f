create or replace temp table $relation (
    row_id bigint,
    profile_id uuid,
    reason varchar
)
