"""A text without the brackets around it."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "expected"), [(" [a] ", "a"), ("[a", "[a"), ("a", "a"), (None, None)]
)
def test_both_brackets_are_dropped_or_none(text: str | None, expected: str | None) -> None:
    assert value_of("{{ unbracketed('value', '[]') }}", text) == expected
