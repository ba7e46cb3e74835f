"""Two tables with the same rows in the same order."""

from tests.unit.sql.expression import rows_of


def test_each_row_has_the_columns_of_both() -> None:
    found = rows_of(
        "with a as (select unnest([1, 2]) as one), b as (select unnest([3, 4]) as two)"
        " select rows_read.one, links.two from {{ side_by_side('a', 'b') }}"
    )
    assert found == [(1, 3), (2, 4)]
