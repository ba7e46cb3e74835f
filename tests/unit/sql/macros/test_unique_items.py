"""The items of a list, each once."""

from tests.unit.sql.expression import values_of


def test_item_is_left_once() -> None:
    expression = "{{ sorted_items(unique_items('items')) }}"
    assert values_of(expression, "select ['b', 'a', null, 'b'] as items") == [["a", "b"]]
