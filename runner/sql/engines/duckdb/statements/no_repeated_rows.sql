create or replace temp table $relation (
    row_id bigint,
    profile_id uuid,
    main_row bigint,
    row_order hugeint,
    row_hash uhugeint,
    origin bigint
)
