"""How many items a list has."""

from tests.unit.sql.expression import values_of


def test_items_are_counted() -> None:
    given = "from (values (['a', null]), ([]), (null)) as t(items)"
    assert values_of("{{ item_count('items') }}", given) == [2, 0, None]
