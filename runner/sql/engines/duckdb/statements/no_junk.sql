create or replace temp table $relation (
    row_id bigint,
    number integer,
    value varchar
)
