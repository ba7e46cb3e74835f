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
        ("\na", "'\na"),
        *((f"{sign}1+1", f"'{sign}1+1") for sign in "\uff1d\uff0b\uff0d\uff20﹦﹢﹣﹫−⁼⁺₊"),
        *(
            (f"{before}=1+1", f"'{before}=1+1")
            for before in (
                *("\ufeff", " ", "\u00a0", "\u3000", "\u2028", "\u200b", "\u200d", "\u2060"),
                *("\u202e", "\u00ad", "\x00", "\x1f", "\x7f", "\x85", "\ufe0f", "\u180e"),
                *(" \t", "\r\n", " \ufeff\u200b ", "\ufeff\uff1d", "\v", "\f"),
            )
        ),
        (" a=1", " a=1"),
        ("\ufeffAnna", "\ufeffAnna"),
        ("Anna - Bert", "Anna - Bert"),
        ("a=1", "a=1"),
        ("", ""),
        ("'=1", "'=1"),
        (None, None),
    ],
)
def test_formula_begins_with_a_quote(text: str | None, expected: str | None) -> None:
    assert value_of("{{ format_harmless('value') }}", text) == expected
