create or replace temp table $relation (
    alias_id uuid,
    profile_id uuid
)
