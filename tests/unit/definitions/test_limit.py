"""A limit: a number, or a share."""

import pytest

from runner.definitions.limit import allowed


@pytest.mark.parametrize(
    ("limit", "total", "expected"),
    [("100", 7, 100), ("1%", 250, 2.5), ("0.5%", 1000, 5), ("0", 9, 0)],
)
def test_share_is_of_all(limit: str, total: int, expected: float) -> None:
    assert allowed(limit, total) == expected
