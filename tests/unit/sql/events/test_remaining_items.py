"""What is left of a list that loses an item."""

from tests.unit.sql.goals import KEYED_ORDERS


def test_items_that_are_left_are_numbered_from_one() -> None:
    KEYED_ORDERS.expect(
        "event_1.remaining_items.product",
        {
            "retracted_lineage": """
            type   | event_id | nested  | item
            order  | A        | product | x
            order  | A        | other   | y
            basket | B        | product | x
            """,
            "main.events_order_product": """
            event_id | position | id
            A        | 1        | x
            A        | 2        | y
            A        | 3        | z
            B        | 1        | x
            """,
        },
        "event_id | position | id\nA | 1 | y\nA | 2 | z",
    )
