"""Digits as a number."""

from decimal import Decimal

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.5", Decimal("12.5")),
        ("123456789012", Decimal(123456789012)),
        ("1.12345678901", Decimal("1.1234567890")),
        ("x", None),
    ],
)
def test_small_and_large_digits_are_the_same_decimal(text: str, expected: Decimal | None) -> None:
    assert value_of("{{ cast_number('value', 'decimal') }}", text) == expected


def test_other_types_are_cast_as_they_are() -> None:
    assert value_of("{{ cast_number('value', 'integer') }}", "12") == 12
