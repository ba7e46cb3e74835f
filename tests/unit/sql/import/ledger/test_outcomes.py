"""Joined rows by outcome (R7)."""

from tests.unit.sql.goals import FIRST


def test_row_that_is_applied_again_counts_as_updated() -> None:
    FIRST.expect(
        "outcomes",
        {
            "links": "row_id | outcome\n0 | created\n1 | unchanged\n2 | unchanged\n3 | updated",
            "repeated_rows": "row_id\n1",
        },
        "outcome | row_count\ncreated | 1\nunchanged | 1\nupdated | 2",
    )
