"""Outcomes of the rows of a feed (R7)."""

from tests.unit.sql.goals import FEED


def test_each_row_has_one_outcome() -> None:
    FEED.expect(
        "links",
        {
            "rows": """
            row_order | row_hash | is_kept | value_id
            0         | 10       | true    | a
            1         | 10       | true    | a
            2         | 11       | true    | a
            3         | 12       | false   | a
            4         | 13       | true    |
            5         | 14       | true    | b
            6         | 15       | true    | c
            """,
            "new_products": """
            id | batch.is_created | batch.is_changed | batch.first_order
            a  | true       | true       | 0
            b  | false      | false      | 5
            c  | false      | true       | 6
            """,
        },
        """
        row_id | outcome
        0      | created
        1      | duplicate
        2      | updated
        3      | filtered
        4      | unmatched
        5      | unchanged
        6      | updated
        """,
    )
