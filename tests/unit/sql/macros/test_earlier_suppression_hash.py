"""The hash that an older runner stored of a value (C2)."""

import hashlib

import pytest

from tests.unit.sql.expression import rows_of, value_of


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("JOS\u00c9@x.nl", "jos\u00c9@x.nl"),
        ("jose\u0301@x.nl", "jose\u0301@x.nl"),
        ("<Ann@x.nl>", "<ann@x.nl>"),
        ("Ann@x.nl", None),
        (" Ab1", None),
    ],
)
def test_value_of_another_form_has_its_earlier_hash(text: str, stored: str | None) -> None:
    rows_of("set variable suppression_salt = 'salt'")
    found = value_of("""{{ earlier_suppression_hash("'email'", 'value') }}""", text)
    expected = stored and hashlib.sha256(f"salt|email|{stored}".encode()).hexdigest()
    assert found == expected
