"""The first items of a list."""

from tests.unit.sql.expression import values_of


def test_at_most_so_many_items_are_left() -> None:
    given = "from (values (['a', 'b', 'c']), (['a'])) as t(items)"
    assert values_of("{{ first_items('items', 2) }}", given) == [["a", "b"], ["a"]]
