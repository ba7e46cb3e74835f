"""A text in lower case, the same on every engine."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ab1", "ab1"),
        ("É", "é"),
        ("İ", "i"),
        ("\u0391\u03a3", "\u03b1\u03c3"),
        ("ẞ", "ß"),
        (None, None),
    ],
)
def test_each_character_is_lowered_for_itself(text: str | None, expected: str | None) -> None:
    assert value_of("{{ lower_case('value') }}", text) == expected
