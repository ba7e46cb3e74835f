from decimal import Decimal

import pytest


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1234.50", "1234.50"),
        ("$1,234.50", "1234.50"),
        ("US$ 1,234,567.89", "1234567.89"),
        ("£12", "12"),
        ("12 USD", "12"),
        ("EUR 12.00", "12"),
        ("eur12", "12"),
        ("kr. 12.50", "12.50"),
        ("Fr. 1'234.50", "1234.50"),
        ("Fr. 1’234.50", "1234.50"),
        ("1 234.50", "1234.50"),
        ("1\u00a0234.50", "1234.50"),
        ("  7.5\t", "7.5"),
        (".5", "0.5"),
        ("12.", "12"),
        ("0", "0"),
        ("0012.10", "12.10"),
        ("3.1416", "3.1416"),
    ],
)
def test_an_amount_is_read(apply_macro, value, expected):
    assert apply_macro("parse_money", value) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("€ 1.234,50", "1234.50"),
        ("1.234.567,8", "1234567.8"),
        ("1234,50", "1234.50"),
        ("€ 12,-", "12"),
        ("12,--", "12"),
        ("12,- EUR", "12"),
        ("1\u202f234,50 €", "1234.50"),
        (",99", "0.99"),
        ("1.234", "1234"),
        ("R$ 1.234,50", "1234.50"),
    ],
)
def test_an_amount_with_a_decimal_comma_is_read(apply_macro, value, expected):
    assert apply_macro("parse_money", value, decimal=",") == Decimal(expected)


@pytest.mark.parametrize(
    "value",
    [
        "-12.00",
        "- 12.00",
        "\u221212.00",
        "12.00-",
        "12.00 -",
        "(12.00)",
        "( 12.00 )",
        "($12.00)",
        "$(12.00)",
        "(12.00) USD",
        "-$12.00",
        "$-12.00",
        "12.00- EUR",
    ],
)
def test_every_way_to_write_a_negative_amount_is_read(apply_macro, value):
    assert apply_macro("parse_money", value) == Decimal("-12.00")


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        " ",
        "-",
        "()",
        "$",
        ".",
        "n/a",
        "free",
        "1,23",
        "1,2345",
        "12 50",
        "12.50.10",
        "1O.00",
        "12.5O",
        "12€50",
        "(-12.00)",
        "--12",
        "-12-",
        "(12.00",
        "12%",
        "1e3",
        "1234567890123456.00",
    ],
)
def test_an_amount_that_is_not_certain_becomes_null(apply_macro, value):
    assert apply_macro("parse_money", value) is None


@pytest.mark.parametrize("value", ["1234.50", "1,234.50", "12.5"])
def test_a_decimal_point_is_no_decimal_comma(apply_macro, value):
    assert apply_macro("parse_money", value, decimal=",") is None
