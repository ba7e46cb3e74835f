"""What rows are ordered by: a time, or else a number (P8)."""

import pytest

from runner.definitions.format import Format
from tests.unit.sql.expression import value_of

FORM = Format(date_format=("%d-%m-%Y",), timezone="UTC")
AT_ONE = 1_704_070_800_000_000
"""Microseconds of 2024-01-01 01:00 UTC."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-01 01:00:00", AT_ONE),
        ("01-01-2024", AT_ONE - 3_600_000_000),
        ("2024-01-01 01:00:00.5", AT_ONE + 500_000),
        ("12", 12),
        ("-1.5", -1.5),
        ("soon", None),
        (None, None),
    ],
)
def test_times_and_numbers_are_comparable(text: str | None, expected: float | None) -> None:
    assert value_of("{{ parse_order('value', form) }}", text, form=FORM) == expected
