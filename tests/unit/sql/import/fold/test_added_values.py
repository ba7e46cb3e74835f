"""Values that the rows of a batch add to lists (P4)."""

from tests.unit.sql.goals import KEYED, STRATEGIES


def test_values_come_once_in_the_order_of_their_rows() -> None:
    STRATEGIES.expect(
        "added_values.added",
        {
            "applied_rows": """
            profile_id | row_order | value_added
            p1         | 2         | a/c
            p1         | 1         | b/a
            p1         | 0         |
            p2         | 3         | z
            p1         | 4         | b/a
            """
        },
        """
        profile_id | items
        p1         | [b, a, c]
        p2         | [z]
        """,
    )


def test_of_the_lines_of_one_key_the_last_adds() -> None:
    KEYED.expect(
        "added_values.tags",
        {
            "applied_rows": """
            profile_id | main_row | row_order | value_tags
            p1         | 0        | 0         | a
            p1         | 1        | 1         | b
            """,
            "last_rows": "main_row\n1",
        },
        "profile_id | items\np1 | [b]",
    )
