"""Rows of two relations whose columns differ."""

from tests.unit.sql.expression import rows_of


def test_column_that_one_lacks_is_null() -> None:
    sql = (
        "with one as (select 1 as a, 2 as b), other as (select 3 as b)"
        " select a, b from ({{ rows_of_both('one', 'other') }}) order by b"
    )
    assert rows_of(sql) == [(1, 2), (None, 3)]
