"""A row per item."""

from tests.unit.sql.expression import values_of


def test_row_is_repeated_for_each_item() -> None:
    given = "from (values (['a', 'b']), ([]), (null), (['c'])) as t(items)"
    assert values_of("{{ each_item('items') }}", given) == ["a", "b", "c"]
