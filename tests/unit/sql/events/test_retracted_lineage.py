"""Events and items that no line holds any more."""

from tests.unit.sql.goals import KEYED_ORDERS


def test_what_another_line_tells_of_stays() -> None:
    """So does all of an event that a goal without `key` gave."""
    KEYED_ORDERS.expect(
        "retracted_lineage",
        {
            "superseded_lineage": """
            goal      | type  | event_id | nested  | item | key_hash
            shop.rows | order | A        | ''      | ''   | 5
            shop.rows | order | A        | ''      | ''   | 6
            shop.rows | order | B        | product | x    | 5
            shop.rows | order | C        | ''      | ''   | 5
            shop.rows | order | D        | ''      | ''   | 5
            """,
            "runner.event_lineage": """
            goal      | type  | event_id | nested  | item | key_hash
            shop.none | order | B        | product | x    | 9
            shop.keys | order | D        | ''      | ''   | 8
            """,
            "runner.events": """
            goal      | type  | event_id
            shop.rows | order | A
            shop.flat | order | C
            shop.rows | order | C
            """,
        },
        """
        type  | event_id | nested | item
        order | A        | ''     | ''
        """,
    )
