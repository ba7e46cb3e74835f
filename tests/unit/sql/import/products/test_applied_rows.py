"""Rows that are applied to a product."""

from tests.unit.sql.goals import FEED


def test_unchanged_and_filtered_rows_are_not_applied() -> None:
    FEED.expect(
        "applied_rows",
        {
            "rows": "row_hash\n10\n11\n12\n13\n14",
            "links": "row_id | outcome\n0 | created\n1 | updated\n2 | duplicate\n3 | unchanged\n4 | filtered",
        },
        "row_hash | outcome\n10 | created\n11 | updated\n12 | duplicate",
    )
