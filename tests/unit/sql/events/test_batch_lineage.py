"""Events and items that lines with a `key` hold."""

from tests.unit.sql.goals import KEYED_ORDERS


def test_each_event_and_item_is_known_by_the_keys_of_its_lines() -> None:
    KEYED_ORDERS.expect(
        "batch_lineage",
        {
            "event_1.event_rows": """
            event_id | key_hash | profile_id | value_order.product.id
            A        | 5        | p1         | x
            A        | 5        | p1         | x
            A        | 6        | p1         |
                     | 7        | p1         | x
            B        | 8        |            | x
            """
        },
        """
        type  | event_id | nested  | item | key_hash
        order | A        | ''      | ''   | 5
        order | A        | ''      | ''   | 6
        order | A        | product | x    | 5
        order | B        | product | x    | 8
        """,
    )
