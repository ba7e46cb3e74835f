"""Text as a UTC timestamp."""

import pytest

from runner.definitions.format import Format
from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-07-01 12:00", "2024-07-01 10:00:00"),
        ("2024-07-01 12:00 +0100", "2024-07-01 11:00:00"),
        ("2024-07-01", "2024-06-30 22:00:00"),
        ("noon", None),
    ],
)
def test_local_and_zoned_times_are_utc(text: str, expected: str | None) -> None:
    stated = Format(
        datetime_format=("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M %z"),
        date_format=("%Y-%m-%d",),
        timezone="Europe/Amsterdam",
    )
    assert (
        value_of("cast({{ parse_datetime('value', format) }} as varchar)", text, format=stated)
        == expected
    )
