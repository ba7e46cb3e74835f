"""Whether two lists have an item in common."""

from tests.unit.sql.expression import values_of


def test_common_item_is_found() -> None:
    given = "from (values (['a', 'b'], ['b', 'c']), (['a'], ['b'])) as t(items, others)"
    assert values_of("{{ has_any_item('items', 'others') }}", given) == [True, False]
