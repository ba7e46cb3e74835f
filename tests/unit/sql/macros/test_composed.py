"""A text in NFC."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e\u0301", "é"),
        ("A\u030a", "Å"),
        ("\u212b", "Å"),
        ("q\u0307\u0323", "q\u0323\u0307"),
        ("\u1112\u1161\u11ab", "한"),
        ("ﬁ", "ﬁ"),
        ("abc", "abc"),
        (None, None),
    ],
)
def test_accents_are_part_of_their_letters(text: str | None, expected: str | None) -> None:
    assert value_of("{{ composed('value') }}", text) == expected
