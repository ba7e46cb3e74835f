"""The first of several formats that fits."""

import pytest

from runner.definitions.moment_format import MomentFormat
from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31-12-2024", "2024-12-31 00:00:00"),
        ("2024-12-31", "2024-12-31 00:00:00"),
        ("24-12-31", None),
        ("31-31-2024", None),
        (None, None),
    ],
)
def test_format_that_fits_reads_the_text(text: str | None, expected: str | None) -> None:
    formats = (MomentFormat("%d-%m-%Y"), MomentFormat("%Y-%m-%d"))
    assert (
        value_of("cast({{ parse_moment('value', formats) }} as string)", text, formats=formats)
        == expected
    )
