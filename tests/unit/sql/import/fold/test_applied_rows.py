"""Rows that are applied to a profile."""

from tests.unit.sql.goals import FIRST


def test_new_rows_and_repeated_ones_are_applied() -> None:
    FIRST.expect(
        "applied_rows",
        {
            "rows": "row_order | row_hash\n0 | 10\n1 | 11\n2 | 12\n3 | 13\n4 | 14",
            "links": """
            row_id | profile_id | outcome
            0      | p1         | created
            1      | p1         | updated
            2      | p1         | duplicate
            3      | p2         | unchanged
            4      |            | filtered
            """,
            "rows_again": "row_order | row_hash\n3 | 13",
            "repeated_rows": "row_id | row_order | profile_id\n3 | 3 | p2",
        },
        """
        row_hash | profile_id | outcome
        10       | p1         | created
        11       | p1         | updated
        12       | p1         | duplicate
        13       | p2         | repeated
        """,
    )
