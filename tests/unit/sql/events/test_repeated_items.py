"""Lines whose item another line of their event replaced."""

from tests.unit.sql.goals import ORDERS


def test_lines_that_say_different_things_of_an_item_are_listed_but_the_last() -> None:
    ORDERS.expect(
        "event_1.repeated_items.product",
        {
            "runner.files": "file_id | path\n1 | rows_1.csv\n2 | rows_2.csv",
            "event_1.event_rows": """
            event_id | file_id | origin | row_order | is_new | value_order.product.id | value_order.product.quantity
            A        | 1       | 1:2    | 0         | true   | x                      | 1
            A        | 1       | 1:3    | 1         | true   | x                      | 2
            A        | 1       | 1:4    | 2         | true   | y                      | 1
            A        | 1       | 1:5    | 3         | true   | y                      | 1
            A        | 2       | 2:2    | 4         | true   | y                      | 2
            B        | 1       | 1:6    | 5         | false  | x                      | 1
            B        | 1       | 1:7    | 6         | true   | x                      | 2
            """,
        },
        """
        file       | line | column_name | property         | reason        | value
        rows_1.csv | 2    | rows.sku    | order.product.id | repeated_item | x
        """,
    )
