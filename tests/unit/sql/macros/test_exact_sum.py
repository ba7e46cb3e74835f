"""Sums of exact amounts (R11)."""

import pytest

from tests.unit.sql.expression import rows_of


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ("(0.004), (0.004), (-1.5)", "-1.4920000000"),
        ("(9999999999999999999999999999), (1), (-1.5)", "9999999999999999999999999998.5000000000"),
        ("(9e27), (9e27)", "None"),
        ("(9999999999999999999999999999.9), (0.9)", "None"),
        ("(9999999999999999999999999999.9), (-0.95)", "9999999999999999999999999998.9500000000"),
        ("(2e15), (0.25), (-2e15)", "0.2500000000"),
        ("(null)", "None"),
    ],
)
def test_amounts_are_added_exactly_and_too_many_digits_are_null(
    amounts: str, expected: str
) -> None:
    rows = f"select cast(amount as decimal(38, 10)) as amount from (values {amounts}) as t(amount)"
    found = rows_of("select {{ exact_sum('amount') }} from (" + rows + ")")
    assert str(found[0][0]) == expected
