"""The items of a list in order."""

from tests.unit.sql.expression import values_of


def test_least_item_is_first() -> None:
    assert values_of("{{ sorted_items('items') }}", "select ['b', 'a'] as items") == [["a", "b"]]
