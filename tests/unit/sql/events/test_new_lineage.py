"""Events and items that a line holds for the first time."""

from tests.unit.sql.goals import KEYED_ORDERS


def test_what_only_another_goal_gave_is_new() -> None:
    KEYED_ORDERS.expect(
        "new_lineage",
        {
            "batch_lineage": """
            type  | event_id | nested  | item | key_hash
            order | A        | ''      | ''   | 5
            order | A        | ''      | ''   | 6
            order | A        | product | x    | 5
            """,
            "runner.event_lineage": """
            goal      | type  | event_id | nested  | item | key_hash
            shop.rows | order | A        | ''      | ''   | 5
            shop.none | order | A        | ''      | ''   | 6
            shop.rows | order | A        | product | y    | 5
            """,
        },
        """
        goal      | type  | event_id | nested  | item | key_hash
        shop.rows | order | A        | ''      | ''   | 6
        shop.rows | order | A        | product | x    | 5
        """,
    )
