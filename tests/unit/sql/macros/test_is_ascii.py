"""Whether a text is ASCII alone."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("a b\t~\x7f", True),
        ("é", False),
        ("a\u0301", False),
        ("😀", False),
        (None, None),
    ],
)
def test_text_of_other_characters_is_not(text: str | None, expected: bool | None) -> None:
    assert value_of("{{ is_ascii('value') }}", text) is expected
