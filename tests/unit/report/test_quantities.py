import pytest

from runner.errors import counted
from runner.report.quantities import duration, size, thousands


def test_numbers_have_thousands_separators():
    assert thousands(1234567) == "1,234,567"
    assert (counted(1, "row"), counted(0, "row")) == ("1 row", "0 rows")
    assert counted(1682, "match", "matches") == "1,682 matches"
    assert counted(1, "row fails", "rows fail") == "1 row fails"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0.00s"),
        (0.424, "0.42s"),
        (9.996, "10.0s"),
        (59.96, "1m 00s"),
        (125, "2m 05s"),
        (3599.6, "1h 00m"),
        (3725, "1h 02m"),
    ],
)
def test_durations_are_told_in_the_unit_that_fits(seconds, told):
    assert duration(seconds) == told


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (4_123_000, "4.1 MB"),
        (999_960, "1.0 MB"),
        (5_000_000_000_000_000, "5,000.0 TB"),
    ],
)
def test_sizes_are_told_in_decimal_units(number, told):
    assert size(number) == told
