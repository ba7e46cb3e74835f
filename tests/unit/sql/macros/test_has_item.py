"""Whether a list has an item."""

from tests.unit.sql.expression import values_of


def test_item_is_found() -> None:
    given = "from (values (['a', 'b']), (['c']), (null)) as t(items)"
    assert values_of("{{ has_item('items', \"'a'\") }}", given) == [True, False, None]
