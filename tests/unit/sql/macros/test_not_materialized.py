"""A hint for a CTE changes nothing in what it gives."""

from tests.unit.sql.expression import rows_of


def test_hint_leaves_rows_as_they_are() -> None:
    assert rows_of("with a as {{ not_materialized() }} (select 1 as b) select b from a") == [(1,)]
