"""Contents that were applied for the first time (R5)."""

from tests.unit.sql.goals import FIRST


def test_row_stands_where_its_last_duplicate_is() -> None:
    FIRST.expect(
        "new_rows",
        {
            "applied_rows": """
            row_hash | profile_id | outcome   | origin
            10       | p1         | created   | 1:2
            11       | p1         | updated   | 1:3
            10       | p1         | duplicate | 1:4
            10       | p1         | duplicate | 1:5
            12       | p2         | repeated  | 1:6
            """
        },
        """
        goal      | row_hash | profile_id | origin
        shop.rows | 10       | p1         | 1:5
        shop.rows | 11       | p1         | 1:3
        """,
    )
