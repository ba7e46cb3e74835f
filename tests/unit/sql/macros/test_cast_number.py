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
        ("-0.300000000000000040", Decimal("-0.3")),
        ("9999999.99999999995", Decimal(10000000)),
        ("99999999.99999999995", Decimal(100000000)),
        ("123456789012.123456", Decimal("123456789012.123456")),
        ("123456789012.1234567", Decimal("123456789012.1234567")),
        ("1433221332117000123", Decimal(1433221332117000123)),
        (".5", Decimal("0.5")),
        ("x", None),
    ],
)
def test_small_and_large_digits_are_the_same_decimal(text: str, expected: Decimal | None) -> None:
    assert value_of("{{ cast_number('value', 'decimal') }}", text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("5.125", "decimal(20,2)", Decimal("5.13")),
        ("-999999999999999.995", "decimal(20,2)", Decimal("-1000000000000000")),
        ("1.23456789012345678", "decimal(19,17)", Decimal("1.23456789012345678")),
        ("64.42857142857143", "decimal(19,17)", Decimal("64.42857142857143")),
        ("640.5", "decimal(19,17)", None),
        ("0.5", "decimal(38,0)", Decimal(1)),
    ],
)
def test_wide_decimals_are_exact(text: str, kind: str, expected: Decimal | None) -> None:
    assert value_of("{{ cast_number('value', type) }}", text, type=kind) == expected


def test_other_types_are_cast_as_they_are() -> None:
    assert value_of("{{ cast_number('value', 'integer') }}", "12") == 12
