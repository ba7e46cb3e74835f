"""Products of feeds and of events (E4)."""

from runner.compile.derived_tables import products_model
from runner.definitions.import_products import product_properties
from runner.warehouse.event_tables import sql_types
from tests.unit.sql.filling import fill
from tests.unit.sql.goals import ORDERS
from tests.unit.sql.table import Table


def test_last_details_count_and_a_feed_comes_before_orders() -> None:
    bench = ORDERS.workbench
    execute = bench.execute
    project, library = bench.workspace.project, bench.workspace.library
    columns = sql_types(library, product_properties(project.event_types))
    model = products_model(project, columns, library)
    given = {
        "main.events_order": """
        event_id | occurred_at
        A        | 2024-01-02
        B        | 2024-01-01
        C        | 2024-01-03
        """,
        "main.events_order_product": """
        event_id | position | id | name   | price
        A        | 1        | x  | Apple  |
        B        | 1        | x  | Pear   | 2
        A        | 2        | y  | Book   | 5
        A        | 3        | y  | Books  | 6
        C        | 1        | z  | Cup    | 7
        C        | 2        |    | None   | 7
        """,
        "runner.events": """
        goal      | type  | event_id | origin
        shop.rows | order | A        | 1:2
        shop.rows | order | B        | 1:9
        shop.none | order | C        | 1:3
        """,
        "runner.product_feed": """
        goal      | id | origin | name  | price
        shop.feed | y  | 1:2    | Old   | 1
        shop.feed | y  | 1:3    | Novel |
        shop.feed | w  | 1:4    | Wool  | 3
        """,
    }
    execute("begin")
    for relation, text in given.items():
        fill(execute, relation, Table.read(text))
    found = execute(
        "select product_id, name, price::integer, times_ordered, last_ordered_at::date::varchar"
        f" from ({model.sql})"
    ).fetchall()
    execute("rollback")
    assert found == [
        ("w", "Wool", 3, 0, None),
        ("x", "Apple", 2, 2, "2024-01-02"),
        ("y", "Novel", 1, 1, "2024-01-02"),
    ]
