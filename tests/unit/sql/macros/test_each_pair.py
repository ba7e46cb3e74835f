"""A row per pair of items of two lists."""

from tests.unit.sql.expression import rows_of


def test_items_at_one_position_are_a_row() -> None:
    sql = (
        "with given as (select ['a', 'b'] as names, [1, 2] as numbers)"
        " select {{ each_pair('names', 'name', 'numbers', 'number') }} from given"
    )
    assert rows_of(sql) == [("a", 1), ("b", 2)]
