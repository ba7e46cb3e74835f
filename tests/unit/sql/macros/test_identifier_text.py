"""An identifier's value as it is compared."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C-1", "C-1"),
        (" C-1\r\n", "C-1"),
        ("\u00a0C-1\u3000", "C-1"),
        ("C\u200b-\u20601\ufeff", "C-1"),
        ("\u2066C-1\u2069", "C-1"),
        ("C\u00a01", "C 1"),
        ("jose\u0301", "jos\u00e9"),
        ("Jos\u00e9", "Jos\u00e9"),
        ("\u200b", ""),
        ("", ""),
        (None, None),
    ],
)
def test_spellings_of_a_value_are_one(text: str | None, expected: str | None) -> None:
    assert value_of("{{ identifier_text('value') }}", text) == expected
