"""A list of what is made of each item."""

import pytest

from tests.unit.sql.expression import values_of


@pytest.mark.parametrize(
    ("expression", "position", "expected"),
    [("one * 2", None, [6, None, 2]), ("place * 10", "place", [10, 20, 30])],
)
def test_each_item_is_made_another(expression, position, expected) -> None:
    sql = "{{ items_made('items', 'one', expression, position) }}"
    given = "select [3, null, 1] as items"
    found = values_of(sql, given, expression=expression, position=position)
    assert found == [expected]
