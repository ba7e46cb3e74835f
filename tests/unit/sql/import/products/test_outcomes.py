"""Rows of a feed by outcome (R7)."""

from tests.unit.sql.goals import FEED


def test_rows_are_counted_by_outcome() -> None:
    FEED.expect(
        "outcomes",
        {"links": "row_id | outcome\n0 | created\n1 | updated\n2 | updated"},
        "outcome | row_count\ncreated | 1\nupdated | 2",
    )
