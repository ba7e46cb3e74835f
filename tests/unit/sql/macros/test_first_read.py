"""The first of several ways to read a text."""

import pytest

from tests.unit.sql.expression import value_of

WAYS = ["try_cast(value as integer)", "length(value)"]


@pytest.mark.parametrize(
    ("text", "ways", "expected"),
    [("12", WAYS, 12), ("abc", WAYS, 3), ("abc", WAYS[:1], None), (None, WAYS, None)],
)
def test_first_that_gives_a_value_counts(
    text: str | None, ways: list[str], expected: int | None
) -> None:
    assert value_of("{{ first_read('value', ways) }}", text, ways=ways) == expected
