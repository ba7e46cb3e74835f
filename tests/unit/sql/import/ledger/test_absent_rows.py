"""Rows imported before that no file of the batch has."""

from tests.unit.sql.goals import FIRST


def test_rows_of_the_goal_that_are_not_joined_again() -> None:
    FIRST.expect(
        "absent_rows",
        {
            "joined": "row_hash\n10",
            "runner.rows": """
            goal      | row_hash | profile_id | origin
            shop.rows | 10       | p1         | 1:2
            shop.rows | 11       | p1         | 1:3
            shop.none | 12       | p1         | 1:4
            """,
        },
        "row_hash | profile_id | origin\n11 | p1 | 1:3",
    )
