"""What the rows that set properties were ordered by (P8)."""

from tests.unit.sql.goals import ORDERED


def test_each_profile_keeps_the_latest_of_each_property() -> None:
    ORDERED.expect(
        "new_latest",
        {
            "applied_rows": """
            profile_id | value_note | value_note.latest_by
            p1         | a          | 5
            p1         | b          | 7
            p1         |            | 9
            p2         | c          | 3
            p3         | d          |
            p4         | e          | 2
            """,
            "runner.latest": """
            goal      | property | profile_id | latest
            shop.rows | note     | p2         | 4
            shop.rows | note     | p4         | 1
            shop.none | note     | p1         | 99
            """,
        },
        """
        goal      | property | profile_id | latest
        shop.rows | note     | p1         | 7.0000000000
        shop.rows | note     | p4         | 2.0000000000
        """,
    )
