"""Text as a UTC timestamp."""

import pytest

from runner.definitions.format import Format
from tests.unit.sql.expression import value_of

STATED = Format(
    datetime_format=("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M %z", "%H:%M %Z %Y-%m-%d"),
    date_format=("%Y-%m-%d", "%Y-%m-%d%z"),
    timezone="Europe/Amsterdam",
)


def parsed(text: str, stated: Format) -> object:
    template = "cast({{ parse_datetime('value', format) }} as string)"
    return value_of(template, text, format=stated)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-07-01 12:00", "2024-07-01 10:00:00"),
        ("2024-07-01 12:00 +0100", "2024-07-01 11:00:00"),
        ("2024-07-01 12:00 Z", "2024-07-01 12:00:00"),
        ("2024-07-01 12:00 -05:30", "2024-07-01 17:30:00"),
        ("2024-07-01 12:00 +1", "2024-07-01 11:00:00"),
        ("2024-07-01 12:00 +15:00", None),
        ("12:00 EST 2024-07-01", "2024-07-01 17:00:00"),
        ("12:00 BST 2024-07-01", None),
        ("2024-07-01", "2024-06-30 22:00:00"),
        ("2024-07-01Z", "2024-07-01 00:00:00"),
        ("2024-07-01+05:00", "2024-06-30 19:00:00"),
        ("epoch", None),
        ("noon", None),
    ],
)
def test_local_and_zoned_times_are_utc(text: str, expected: str | None) -> None:
    assert parsed(text, STATED) == expected


def test_local_times_of_utc_are_not_moved() -> None:
    assert parsed("2024-07-01 12:00:00", Format(timezone="UTC")) == "2024-07-01 12:00:00"


def test_name_of_utc_in_a_format_is_a_zone() -> None:
    for written in ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S UTC"):
        stated = Format(datetime_format=(written,), timezone="Asia/Tokyo")
        text = f"2024-07-01T12:00:00{written[17:]}"
        assert parsed(text, stated) == "2024-07-01 12:00:00"


def test_numbers_from_1970_on_are_in_utc_whatever_the_zone() -> None:
    stated = Format(
        datetime_format=("epoch", "epoch_ms", "%Y-%m-%d %H:%M"), timezone="Europe/Amsterdam"
    )
    assert parsed("1700000000", stated) == "2023-11-14 22:13:20"
    assert parsed("1700000000000", stated) == "2023-11-14 22:13:20"
    assert parsed("2024-07-01 12:00", stated) == "2024-07-01 10:00:00"
