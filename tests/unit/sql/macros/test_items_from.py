"""The items from a position on."""

from tests.unit.sql.expression import values_of


def test_items_before_the_position_are_left_out() -> None:
    given = "from (values (['a', 'b', 'c']), (['a'])) as t(items)"
    assert values_of("{{ items_from('items', 2) }}", given) == [["b", "c"], []]
