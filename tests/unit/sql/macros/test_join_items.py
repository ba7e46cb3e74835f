"""Rows joined to the items of a list."""

from tests.unit.sql.expression import rows_of


def test_row_is_joined_to_each_item() -> None:
    sql = (
        "with given as (from (values (1, ['a', 'b']), (2, [])) as t(id, items))"
        " select given.id, found.item from given {{ join_items('given.items', 'found', 'item') }}"
    )
    assert rows_of(sql) == [(1, "a"), (1, "b")]
