"""Items of a nested list, for the events of a batch (E1)."""

from tests.unit.sql.goals import BASKETS, ORDERS


def test_items_with_an_identifier_are_merged_with_those_that_were_there() -> None:
    ORDERS.expect(
        "event_1.new_items.product",
        {
            "event_1.new_events": "event_id | profile_id | batch.last_file\nA | p1 | 2\nB | p2 | 2",
            "event_1.event_rows": """
            event_id | file_id | row_order | value_order.product.id | value_order.product.quantity
            A        | 1       | 0         | y                      | 1
            A        | 2       | 3         | y                      | 2
            A        | 2       | 2         | new                    | 3
            A        | 2       | 4         |                        | 9
            B        | 2       | 1         | z                      | 5
            B        | 2       | 5         | z                      |
            C        | 2       | 6         | y                      | 5
            """,
            "main.events_order_product": """
            event_id | position | id | quantity | profile_id
            A        | 1        | x  | 7        | p1
            A        | 2        | y  | 8        | p1
            D        | 1        | y  | 8        | p1
            """,
        },
        """
        event_id | position | id  | quantity     | profile_id
        A        | 1        | x   | 7.0000000000 | p1
        A        | 2        | y   | 2.0000000000 | p1
        A        | 3        | new | 3.0000000000 | p1
        B        | 1        | z   |              | p2
        """,
    )


def test_items_of_late_files_come_in_the_order_of_the_files() -> None:
    """P8"""
    ORDERS.late.expect(
        "event_1.new_items.product",
        {
            "event_1.new_events": "event_id | profile_id | batch.last_file\nA | p1 | 2",
            "event_1.event_rows": """
            event_id | file_id | row_order | value_order.product.id
            A        | 1       | 0         | late
            A        | 2       | 1         | known
            """,
            "main.events_order_product": """
            event_id | position | id    | profile_id
            A        | 1        | other | p1
            A        | 2        | known | p1
            """,
        },
        """
        event_id | position | id
        A        | 1        | late
        A        | 2        | known
        A        | 3        | other
        """,
    )


def test_items_without_an_identifier_are_the_lines_of_the_last_file() -> None:
    BASKETS.expect(
        "event_1.new_items.line",
        {
            "event_1.new_events": "event_id | profile_id | batch.last_file\nA | p1 | 2",
            "event_1.event_rows": """
            event_id | file_id | row_order | line_of_rows | value_basket.line.sku | value_basket.line.quantity
            A        | 1       | 0         | 10        | old                   | 1
            A        | 2       | 3         | 12        | b                     | 2
            A        | 2       | 1         | 11        | a                     | 1
            A        | 2       | 2         | 11        | a                     | 1
            A        | 2       | 4         | 13        | a                     | 1
            A        | 2       | 5         | 14        |                       |
            """,
        },
        """
        event_id | position | sku | quantity | profile_id
        A        | 1        | a   | 1        | p1
        A        | 2        | b   | 2        | p1
        A        | 3        | a   | 1        | p1
        """,
    )
