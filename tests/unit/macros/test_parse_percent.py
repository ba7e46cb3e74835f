from decimal import Decimal

import pytest


@pytest.mark.parametrize(
    ("value", "decimal", "expected"),
    [
        ("12.5%", ".", "0.125"),
        ("12,5 %", ",", "0.125"),
        (" -3\u00a0% ", ".", "-0.03"),
        ("100%", ".", "1"),
        (".5%", ".", "0.005"),
    ],
)
def test_a_share_is_read_as_a_fraction(apply_macro, value, decimal, expected):
    read = apply_macro("parse_percent", value, decimal=decimal)
    assert Decimal(str(read)) == Decimal(expected)


@pytest.mark.parametrize("value", [None, "", "12.5", "12,5%", "%", "1 2%", "12%%", "about 3%"])
def test_what_is_no_share_for_certain_is_none(apply_macro, value):
    assert apply_macro("parse_percent", value) is None
