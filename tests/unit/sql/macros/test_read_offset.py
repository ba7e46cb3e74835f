"""A time that ends in an offset, as the engine reads it at once."""

import pytest

from runner.definitions.moment_format import MomentFormat
from tests.unit.sql.expression import value_of


def read(text: str, written: str = "%Y-%m-%dT%H:%M%z", pivot: int | None = None) -> object:
    template = "cast({{ read_offset('value', format, pivot) }} as varchar)"
    return value_of(template, text, format=MomentFormat(written), pivot=pivot)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-07-01T12:00Z", "2024-07-01 12:00:00"),
        ("2024-07-01T12:00+02:00", "2024-07-01 10:00:00"),
        ("2024-07-01T12:00-0530", "2024-07-01 17:30:00"),
        ("2024-07-01T12:00+14:00", "2024-06-30 22:00:00"),
        ("0999-07-01T12:00Z", None),
        ("0024-07-01T12:00+02:00", None),
    ],
)
def test_time_is_moved_by_its_offset(text: str, expected: str | None) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    ["+15:00", "+02:60", "+02", "+2:00", "\u221202:00", " EST", " Europe/Paris", "z", ""],
)
def test_other_zones_are_left_to_the_long_way(text: str) -> None:
    assert read(f"2024-07-01T12:00{text}") is None


@pytest.mark.parametrize("text", ["epochZ", "infinityZ", "epoch", "Z", "+02:00"])
def test_words_of_the_engine_are_no_times(text: str) -> None:
    assert read(text) is None


def test_years_of_two_digits_turn_after_the_pivot() -> None:
    written = "%d-%m-%y %H:%M%z"
    assert read("01-02-31 10:00Z", written, 30) == "1931-02-01 10:00:00"
    assert read("01-02-31 10:00+02:00", written, 30) is None
