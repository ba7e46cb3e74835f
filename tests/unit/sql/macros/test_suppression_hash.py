"""The salted hash of a value that may not be imported (C2)."""

import hashlib

import pytest

from tests.unit.sql.expression import rows_of, value_of


@pytest.fixture(autouse=True)
def _salt() -> None:
    rows_of("set variable suppression_salt = 'salt'")


def hashed(text: str) -> str:
    return hashlib.sha256(f"salt|email|{text}".encode()).hexdigest()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("ann@example.com", "ann@example.com"),
        (" Ann@Example.com ", "ann@example.com"),
        ("ZoË@example.com", "zoë@example.com"),
        ("Ann", "Ann"),
        (" Ann", "Ann"),
    ],
)
def test_addresses_are_compared_without_case_and_others_as_they_are(text: str, same: str) -> None:
    template = """{{ suppression_hash("'email'", 'value') }}"""
    assert value_of(template, text) == hashed(same)


def test_no_value_has_no_hash() -> None:
    assert value_of("""{{ suppression_hash("'email'", 'value') }}""", None) is None
