"""The items for which a condition holds."""

from tests.unit.sql.expression import values_of


def test_items_are_left_in_their_order() -> None:
    expression = "{{ items_where('items', 'one', 'one > 1') }}"
    assert values_of(expression, "select [3, null, 1, 2] as items") == [[3, 2]]
