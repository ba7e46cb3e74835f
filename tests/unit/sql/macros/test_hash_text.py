"""A hash as text."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", "E2F6AF7E8EEF50DD180939E2C0BB964C"), ("600", "614E0935DFE2A7BA57EB3FE54B510F")],
)
def test_hash_is_hexadecimal_digits(text: str, expected: str) -> None:
    assert value_of("{{ hash_text(content_hash(['value'])) }}", text) == expected
