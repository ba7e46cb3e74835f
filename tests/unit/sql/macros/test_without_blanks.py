"""A text without blanks of any kind around it."""

import pytest

from tests.unit.sql.expression import value_of

BLANKS = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
MARKS = "\ufeff\u200b\u200e\u200f\u202a\u202c\u2066\u2069\u2060\u061c\xad"


@pytest.mark.parametrize("blank", [*BLANKS, *MARKS], ids=ascii)
def test_blank_around_a_text_is_removed(blank: str) -> None:
    assert value_of("{{ without_blanks('value') }}", f"{blank}a{blank} b{blank}") == f"a{blank} b"
    assert value_of("{{ without_blanks('value') }}", f"{blank}\u00e9{blank}") == "\u00e9"
    assert value_of("{{ without_blanks('value') }}", blank) == ""


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "!",
        "\u00e9t\u00e9",
        "\u2764\ufe0f",
        "\u0645\u06cc\u200c\u062e",
        "(a)",
        "e\u0301",
        "\u20ac",
    ],
)
def test_text_without_blanks_stays_as_it_is(text: str) -> None:
    assert value_of("{{ without_blanks('value') }}", text) == text


def test_no_value_stays_none() -> None:
    assert value_of("{{ without_blanks('value') }}", None) is None
