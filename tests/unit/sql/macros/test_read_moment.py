"""The date and time that one format reads, as they are written (R6)."""

import pytest

from runner.definitions.moment_format import MomentFormat
from tests.unit.sql.expression import value_of


def read(text: str, written: str, pivot: int | None = None) -> object:
    template = "cast({{ read_moment('value', format, pivot) }} as string)"
    return value_of(template, text, format=MomentFormat(written), pivot=pivot)


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        ("2024-01-01T00:30:00+02:00", "%Y-%m-%dT%H:%M:%S%z", "2024-01-01 00:30:00"),
        ("2024-01-01T23:30:00Z", "%Y-%m-%dT%H:%M:%S%z", "2024-01-01 23:30:00"),
        ("2024-01-01T23:30:00", "%Y-%m-%dT%H:%M:%S%z", None),
        ("Mon Jul 01 12:00:00 CEST 2024", "%a %b %d %H:%M:%S %Z %Y", "2024-07-01 12:00:00"),
        ("01 Jul 2024 12:00 GMT+0200 (CEST)", "%d %b %Y %H:%M GMT%z (%Z)", "2024-07-01 12:00:00"),
        ("12:00 America/New_York 2024-07-01", "%H:%M %Z %Y-%m-%d", "2024-07-01 12:00:00"),
        ("2024-01-01 10:00:00.1234567", "%Y-%m-%d %H:%M:%S.%f", "2024-01-01 10:00:00.123456"),
        ("2024-01-01 10:00:00.123456789Z", "%Y-%m-%d %H:%M:%S.%f%z", "2024-01-01 10:00:00.123456"),
        ("2024-01-01 10:00:00.5", "%Y-%m-%d %H:%M:%S.%f", "2024-01-01 10:00:00.5"),
        ("=2024-01-01", "%Y-%m-%d", None),
    ],
)
def test_zone_does_not_move_what_is_written(text: str, written: str, expected: str | None) -> None:
    assert read(text, written) == expected


@pytest.mark.parametrize("text", ["epoch", "Infinity", "-infinity", "EPOCH"])
def test_words_of_the_engine_are_no_moments(text: str) -> None:
    assert read(text, "%Y-%m-%d") is None
    assert read(text, "%d-%b-%y") is None


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        ("2024-366", "%Y-%j", "2024-12-31 00:00:00"),
        ("2023-366", "%Y-%j", None),
        ("23-366", "%y-%j", None),
        ("2020-W53-1", "%G-W%V-%u", "2020-12-28 00:00:00"),
        ("2023-W53-1", "%G-W%V-%u", None),
        ("2024 53 1", "%Y %W %w", "2024-12-30 00:00:00"),
        ("2023 53 1", "%Y %W %w", None),
        ("2024 00 1", "%Y %W %w", None),
    ],
)
def test_days_and_weeks_that_a_year_lacks_are_none(
    text: str, written: str, expected: str | None
) -> None:
    assert read(text, written) == expected


@pytest.mark.parametrize(
    ("text", "pivot", "expected"),
    [
        ("01-02-31", 30, "1931-02-01 00:00:00"),
        ("01-02-30", 30, "2030-02-01 00:00:00"),
        ("29-02-00", 0, "2000-02-29 00:00:00"),
        ("01-02-01", 0, "1901-02-01 00:00:00"),
        ("01-02-69", 99, "2069-02-01 00:00:00"),
        ("01-02-99", 99, "2099-02-01 00:00:00"),
        ("01-02-68", None, "2068-02-01 00:00:00"),
        ("01-02-69", None, "1969-02-01 00:00:00"),
    ],
)
def test_years_of_two_digits_turn_after_the_pivot(
    text: str, pivot: int | None, expected: str
) -> None:
    assert read(text, "%d-%m-%y", pivot) == expected


def test_years_of_four_digits_know_no_pivot() -> None:
    assert read("1925-02-01", "%Y-%m-%d", 30) == "1925-02-01 00:00:00"
    assert read("0024-02-01", "%Y-%m-%d", 30) is None


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        ("1700000000", "epoch", "2023-11-14 22:13:20"),
        ("1700000000.25", "epoch", "2023-11-14 22:13:20.25"),
        ("-86400", "epoch", "1969-12-31 00:00:00"),
        ("1700000000250", "epoch_ms", "2023-11-14 22:13:20.25"),
        ("1700000000250000", "epoch_us", "2023-11-14 22:13:20.25"),
        ("1700000000250", "epoch", None),
        ("1.7E+09", "epoch", None),
        ("999999999999999999999", "epoch_us", None),
        ("1700000000", "%Y-%m-%d", None),
    ],
)
def test_numbers_count_from_1970_on(text: str, written: str, expected: str | None) -> None:
    assert read(text, written) == expected
