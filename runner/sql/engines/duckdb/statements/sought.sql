create or replace temp table sought as
select
    number,
    identifier,
    value
from (
    values $rows
) as named(number, identifier, value)
