"""Text that a spreadsheet would run as a formula (X3)."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("-1", "'-1"),
        ("+31", "'+31"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("\ra", "'\ra"),
        ("a=1", "a=1"),
        ("", ""),
        ("'=1", "'=1"),
        (None, None),
    ],
)
def test_formula_begins_with_a_quote(text: str | None, expected: str | None) -> None:
    assert value_of("{{ format_harmless('value') }}", text) == expected
