"""A text value without the blanks around it (R1)."""

import pytest

from runner.definitions.format import Format
from tests.unit.sql.expression import value_of


def trimmed(text: str | None, **stated: object) -> object:
    return value_of("{{ trimmed('value', format) }}", text, format=Format(**stated))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "a"),
        (" a", "a"),
        ("a ", "a"),
        ("a\t", "a"),
        ("\ta", "a"),
        (" a b ", "a b"),
        ("", None),
        (" ", None),
        ("\t", None),
        ("!", "!"),
        (" !", "!"),
        ('"', '"'),
        (None, None),
    ],
)
def test_blanks_around_a_value_are_dropped(text: str | None, expected: str | None) -> None:
    assert trimmed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("NULL", None), (" NULL ", None), ("null", "null"), ("n/a", None), ("", "")],
)
def test_words_that_mean_no_value_are_none(text: str, expected: str | None) -> None:
    assert trimmed(text, null_values=("NULL", "n/a")) == expected


def test_blanks_stay_where_the_format_says_so() -> None:
    assert trimmed(" a ", trim=False) == " a "
    assert trimmed(" ", trim=False) == " "
    assert trimmed("", trim=False) is None
