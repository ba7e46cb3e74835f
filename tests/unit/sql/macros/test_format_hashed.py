"""Text as ad platforms match it."""

import hashlib

import pytest

from tests.unit.sql.expression import value_of

ANN = hashlib.sha256(b"ann@example.com").hexdigest()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ann@example.com", ANN),
        (" Ann@Example.com\r\n", ANN),
        ("\tANN@EXAMPLE.COM", ANN),
        ("", None),
        (" \t", None),
        (None, None),
    ],
)
def test_spellings_of_a_text_have_one_hash(text: str | None, expected: str | None) -> None:
    assert value_of("{{ format_hashed('value') }}", text) == expected
