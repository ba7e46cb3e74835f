-- A number from 0 to sides - 1 that depends on the seed, on what it is for and
-- on which item it is for, and is the same on every version of DuckDB.
create or replace temp macro dice(purpose, item, sides) as (
    cast(
        md5_number_lower(concat_ws('/', getvariable('seed'), purpose, item))
        % sides as bigint
    )
)
