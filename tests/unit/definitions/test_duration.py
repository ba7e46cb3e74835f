"""A length of time as users write it."""

import pytest

from runner.definitions.duration import seconds


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("60s", 60),
        (5, 5),
        ("1.5 hours", 5400),
        ("2H", 7200),
        ("30 minutes", 1800),
        (" 1 day ", 86400),
    ],
)
def test_duration_is_read_in_seconds(written: object, expected: float) -> None:
    assert seconds(written) == expected


@pytest.mark.parametrize("written", ["soon", "5 weeks", "-1s", "", "1h30m"])
def test_other_words_are_no_duration(written: str) -> None:
    with pytest.raises(ValueError, match="expected a duration such as 60s"):
        seconds(written)
