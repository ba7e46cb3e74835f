"""Text read as the type of a property (R6)."""

import datetime
from decimal import Decimal

import pytest

from runner.definitions.format import Format
from tests.unit.sql.expression import value_of, values_of

FORMAT = Format(timezone="Europe/Amsterdam")


def parsed(text: str | None, kind: str, form: Format = FORMAT) -> object:
    return value_of("{{ parse_value('value', type, format, true) }}", text, type=kind, format=form)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        ("-7", -7),
        ("+3", 3),
        ("12.0", 12),
        ("12.", 12),
        ("1.5", None),
        ("1e3", None),
        ("", None),
        ("9223372036854775808", None),
        ("0012", 12),
        (" 1", None),
        (None, None),
    ],
)
def test_whole_numbers_alone_are_integers(text: str | None, expected: int | None) -> None:
    assert parsed(text, "integer") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.5", "12.5"),
        ("-.5", "-0.5"),
        ("1e3", "1000"),
        ("1,5", None),
        ("abc", None),
        ("12345678.1234567890", "12345678.123456789"),
        ("123456789012.5", "123456789012.5"),
        ("0.12345678901", "0.1234567890"),
    ],
)
def test_decimals_have_ten_digits_behind_the_point(text: str, expected: str | None) -> None:
    assert parsed(text, "decimal") == (None if expected is None else Decimal(expected))


def test_stated_digits_round_and_numbers_that_are_too_large_are_none() -> None:
    assert parsed("1.005", "decimal(4,2)") == Decimal("1.01")
    assert parsed("99.99", "decimal(4,2)") == Decimal("99.99")
    assert parsed("100", "decimal(4,2)") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1.23", None),
        ("1234,5", "1234.5"),
        ("12.3456", None),
        ("1,2,3", None),
    ],
)
def test_groups_of_thousands_have_three_digits(text: str, expected: str | None) -> None:
    form = Format(decimal=",", thousands=".")
    assert parsed(text, "decimal", form) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("text", "expected"), [("YES", True), ("1", True), ("off", False), ("maybe", None), ("", None)]
)
def test_booleans_are_words_in_any_case(text: str, expected: bool | None) -> None:
    assert parsed(text, "boolean") is expected


def test_words_of_booleans_are_those_of_the_format() -> None:
    form = Format(true_values=("Ja",), false_values=("Nee", "N"))
    assert [parsed(text, "boolean", form) for text in ("ja", "n", "true")] == [True, False, None]


def test_accents_and_blanks_of_a_word_are_as_declared_in_any_form() -> None:
    form = Format(true_values=(" Sim ",), false_values=("na\u0303o",), trim=False)
    assert [parsed(text, "boolean", form) for text in ("NÃO", " sim\u00a0")] == [False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-02-29", datetime.date(2024, 2, 29)),
        ("2023-02-29", None),
        ("29-02-2024", None),
        ("0024-01-01", None),
        ("24-01-01", None),
    ],
)
def test_dates_that_are_none_and_years_before_1000_are_no_dates(
    text: str, expected: datetime.date | None
) -> None:
    assert parsed(text, "date") == expected


def test_first_format_that_fits_counts() -> None:
    form = Format(date_format=("%d-%m-%Y", "%m-%d-%Y"))
    assert parsed("01-02-2024", "date", form) == datetime.date(2024, 2, 1)
    assert parsed("01-31-2024", "date", form) == datetime.date(2024, 1, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-07-01 12:00:00", "2024-07-01 10:00:00"),
        ("2024-01-01 12:00:00", "2024-01-01 11:00:00"),
        ("2024-01-01", "2023-12-31 23:00:00"),
        ("2024-01-01 25:00:00", None),
    ],
)
def test_times_without_a_zone_are_those_of_the_stated_zone(text: str, expected: str | None) -> None:
    read = parsed(text, "datetime")
    assert (None if read is None else str(read)) == expected


@pytest.mark.parametrize(
    "text", ["2024-07-01T12:00:00+02:00", "2024-07-01T10:00:00Z", "2024-07-01T10:00:00z"]
)
def test_times_with_a_zone_are_those_of_their_own_zone(text: str) -> None:
    form = Format(datetime_format=("%Y-%m-%dT%H:%M:%S%z",), timezone="America/New_York")
    assert str(parsed(text, "datetime", form)) == "2024-07-01 10:00:00"


def test_typed_values_are_cast_and_text_of_expressions_is_read_by_the_format() -> None:
    template = "{{ parse_value('value', 'integer', format) }}"
    assert values_of(template, "select 12::double as value", format=FORMAT) == [12]
    assert values_of(template, "select '12' as value", format=FORMAT) == [12]
    assert values_of(template, "select 'x' as value", format=FORMAT) == [None]
    assert values_of(template, "select chr(160) || ' 12 ' as value", format=FORMAT) == [12]


def test_text_stays_as_it_is() -> None:
    assert parsed(" 007 ", "text") == " 007 "
    assert values_of(
        "{{ parse_value('value', 'text', format) }}", "select 7 as value", format=FORMAT
    ) == ["7"]


@pytest.mark.parametrize(
    ("stated", "texts", "expected"),
    [
        (
            {"decimal": "."},
            ["1.5", "1,5", "1.234", "-.5", "1.", "1.2.3", "1e3", "+2"],
            ["1.50", None, "1.23", "-0.50", "1.00", None, "1000.00", "2.00"],
        ),
        ({"decimal": ","}, ["1,5", "1.5", "1,2,3", "-,5"], ["1.50", None, None, "-0.50"]),
        (
            {"decimal": ",", "thousands": "."},
            ["1.234,5", "1.5", "12.34,5", "1.234.567", "1,234.5", "1234,5"],
            ["1234.50", None, None, "1234567.00", None, "1234.50"],
        ),
        (
            {"thousands": ","},
            ["1,234.5", "1,23", "1234", ",123", "1,234,56", "1,,234"],
            ["1234.50", None, "1234.00", None, None, None],
        ),
        ({"thousands": " "}, ["1 234", "1 2", "12 345 678.9"], ["1234.00", None, "12345678.90"]),
        ({"thousands": "'"}, ["1'234.5", "1'2"], ["1234.50", None]),
        ({"thousands": " "}, ["1\u00a0234", "1\u202f234.5", "1\u20092"], ["1234", "1234.5", None]),
        ({"thousands": "'"}, ["1\u2019234.5"], ["1234.50"]),
    ],
    ids=[
        "point",
        "comma",
        "points and comma",
        "commas",
        "spaces",
        "apostrophes",
        "blanks of other kinds",
        "apostrophes of print",
    ],
)
def test_decimals_and_thousands_are_those_of_the_format(
    stated: dict[str, str], texts: list[str], expected: list[str | None]
) -> None:
    read = [parsed(text, "decimal(18,2)", Format(**stated)) for text in texts]
    assert read == [None if text is None else Decimal(text) for text in expected]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("%d-%m-%Y", "31-12-2023", "2023-12-31"),
        ("%d-%m-%Y", "1-2-2024", "2024-02-01"),
        ("%d-%m-%Y", "1-2-24", None),
        ("%d-%m-%Y", "31-02-2024", None),
        ("%d-%m-%Y", "31-12-2023 10:00", None),
        ("%m/%d/%Y", "31/12/2023", None),
        ("%d-%m-%y", "01-02-68", "2068-02-01"),
        ("%d-%m-%y", "01-02-69", "1969-02-01"),
        ("%d-%m-%y", "01-02-2024", None),
        ("%Y%m%d", "20240229", "2024-02-29"),
        ("%d %B %Y", "1 January 2024", "2024-01-01"),
        ("%d %b %y", "01 jan 24", "2024-01-01"),
        ("%Y-%j", "2024-060", "2024-02-29"),
        ("%G-W%V-%u", "2024-W05-3", "2024-01-31"),
        ("%x", "12/31/23", "2023-12-31"),
        ("%%%Y.%m.%d", "%2024.01.02", "2024-01-02"),
    ],
)
def test_dates_are_read_in_the_stated_format_alone(
    form: str, text: str, expected: str | None
) -> None:
    read = parsed(text, "date", Format(date_format=(form,)))
    assert (None if read is None else str(read)) == expected
