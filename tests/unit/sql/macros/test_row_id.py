"""The number of a row."""

from tests.unit.sql.expression import rows_of


def test_rows_are_numbered_as_they_were_written() -> None:
    rows_of("create or replace temp table written as select unnest(['b', 'a', 'c']) as value")
    found = rows_of("select {{ row_id('written') }}, value from written order by 1")
    assert found == [(0, "b"), (1, "a"), (2, "c")]
