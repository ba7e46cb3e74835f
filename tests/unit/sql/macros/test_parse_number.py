"""Text as a number, strictly."""

from decimal import Decimal

import pytest

from runner.definitions.format import Format
from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("1.234,5", "decimal", Decimal("1234.5")),
        ("1.23,5", "decimal", None),
        ("1.234", "integer", 1234),
        ("12,0", "integer", 12),
        ("12,5", "integer", None),
        ("", "integer", None),
    ],
)
def test_groups_have_three_digits_and_integers_no_fraction(
    text: str, kind: str, expected: object
) -> None:
    stated = Format(thousands=".", decimal=",")
    template = "{{ parse_number('value', type, format) }}"
    assert value_of(template, text, type=kind, format=stated) == expected
