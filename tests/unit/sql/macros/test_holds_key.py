"""Whether the key of a line that was sent is recorded."""

import pytest

from tests.unit.sql.expression import values_of


@pytest.mark.parametrize(
    ("names", "key", "holds"),
    [
        ("['A', 'B']", ["B"], True),
        ("['A', 'B']", ["B", "A"], True),
        ("['A']", ["A", "B"], False),
        ("cast(null as string[])", ["A"], False),
    ],
)
def test_key_is_recorded_where_all_of_its_columns_are(names, key, holds) -> None:
    given = f"select {names} as names"
    assert values_of("{{ holds_key('names', key) }}", given, key=key) == [holds]
