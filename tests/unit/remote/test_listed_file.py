"""What a server lists of a file is taken where it can be true (B9)."""

from datetime import UTC, datetime

import pytest

from runner.remote.file import RemoteFile, listed_file

MOMENT = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("size", "modified_at", "reason"),
    [
        (2**50 + 1, MOMENT, "its size of 1125899906842625 bytes is not possible"),
        (-1, 0, "its size of -1 bytes is not possible"),
        ("many", MOMENT, "its size or its time is not one"),
        (1, 2.0**60, "its size or its time is not one"),
        (1, float("nan"), "its size or its time is not one"),
    ],
)
def test_what_cannot_be_true_is_refused_with_the_reason(size, modified_at, reason) -> None:
    assert listed_file("in/a.csv", size, modified_at) == reason


def test_file_has_the_size_and_the_time_that_the_server_lists() -> None:
    expected = RemoteFile("in/a.csv", "a.csv", 12, MOMENT)
    assert listed_file("in/a.csv", "12", MOMENT.timestamp()) == expected
