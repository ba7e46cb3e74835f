"""`key` and `deleted_when`: events and their items follow the lines that tell of them (E1, E2)."""

from pathlib import Path

import pytest

from tests.functional.workshop import Workshop

TYPE = """\
properties: {total: "decimal(18,2)"}
nested:
  product: {identifier: line, properties: {line: text, quantity: integer}}
"""
GOAL = """\
- name: orders
  kind: import_profiles
  files: {orders: "orders_*.csv"}
  key: number
  deleted_when: "orders.status = 'deleted'"
  identify: {by: [{id: orders.customer}]}
  events:
    - type: order
      id: orders.order
      at: orders.at
      properties: {total: orders.total}
      nested: {product: {id: orders.sku, line: orders.number, quantity: orders.quantity}}
      product_store: true
    - type: interaction
      at: orders.at
      properties: {interaction: orders.sku}
"""
HEAD = "number,order,customer,at,sku,quantity,total,status\n"
STATE = (
    "from events_order order by all",
    "from events_order_product order by all",
    "from events_interaction order by all",
    "from products order by all",
    "from runner.event_lineage order by all",
    "select * exclude (origin) from runner.events order by all",
)
DAY = "2024-01-01 10:00:00"


def line(number: int, order: str, customer: str, sku: str, quantity: int, status: str = "") -> str:
    return f"{number},{order},{customer},{DAY},{sku},{quantity},9,{status}\n"


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    shared_shop.properties("id: {identifier: true}\n")
    shared_shop.write("models/events/order.yml", TYPE)
    shared_shop.goals(GOAL)
    lines = line(1, "a", "x", "S", 1) + line(2, "a", "x", "T", 2) + line(3, "b", "y", "S", 3)
    shared_shop.drop("orders_1.csv", HEAD + lines)
    shared_shop.build()
    assert items(shared_shop) == [
        ("a", 1, "1", "S", 1),
        ("a", 2, "2", "T", 2),
        ("b", 1, "3", "S", 3),
    ]
    assert told(shared_shop) == [("x", "S"), ("x", "T"), ("y", "S")]
    return shared_shop


@pytest.fixture
def orders(built_shop: Workshop, tmp_path: Path) -> Workshop:
    return built_shop.copied(tmp_path / "shop")


def items(shop: Workshop) -> list[tuple[object, ...]]:
    columns = "event_id, position, line, id, quantity"
    return shop.rows(f"select {columns} from events_order_product order by 1, 2")


def events(shop: Workshop) -> list[tuple[object, ...]]:
    sql = "select event_id, id from events_order join profiles using (profile_id) order by 1"
    return shop.rows(sql)


def told(shop: Workshop) -> list[tuple[object, ...]]:
    sql = "select id, interaction from events_interaction join profiles using (profile_id)"
    return shop.rows(f"{sql} order by all")


def check_refresh(shop: Workshop) -> None:
    """A build without news, and a full refresh, change nothing (P6)."""
    state = [shop.rows(sql) for sql in STATE]
    assert "Nothing new" in shop.run("build").stdout
    assert [shop.rows(sql) for sql in STATE] == state
    shop.build("--full-refresh")
    assert [shop.rows(sql) for sql in STATE] == state


def test_corrected_line_replaces_its_item_and_loses_no_other(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + line(1, "a", "x", "U", 5))
    orders.build()
    assert items(orders) == [("a", 1, "1", "U", 5), ("a", 2, "2", "T", 2), ("b", 1, "3", "S", 3)]
    assert told(orders) == [("x", "T"), ("x", "U"), ("y", "S")]
    check_refresh(orders)


def test_line_that_moves_to_another_order_takes_its_item_along(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + line(1, "b", "y", "S", 1))
    orders.build()
    assert items(orders) == [("a", 1, "2", "T", 2), ("b", 1, "3", "S", 3), ("b", 2, "1", "S", 1)]
    assert events(orders) == [("a", "x"), ("b", "y")]
    check_refresh(orders)


def test_event_that_loses_all_its_lines_goes(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + line(3, "c", "y", "S", 3))
    ended = orders.run("build")
    assert "1 order created, 1 order retracted" in ended.told
    assert events(orders) == [("a", "x"), ("c", "y")]
    assert items(orders)[-1] == ("c", 1, "3", "S", 3)
    check_refresh(orders)


def test_deleted_lines_take_their_items_and_at_last_the_event(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + line(1, "a", "x", "S", 1, "deleted"))
    orders.build()
    assert items(orders) == [("a", 1, "2", "T", 2), ("b", 1, "3", "S", 3)]
    assert told(orders) == [("x", "T"), ("y", "S")]
    check_refresh(orders)
    orders.drop("orders_3.csv", HEAD + line(2, "a", "x", "T", 2, "deleted"))
    orders.build()
    assert items(orders) == [("b", 1, "3", "S", 3)]
    assert events(orders) == [("b", "y")]
    assert orders.rows("select product_id, times_ordered from products") == [("S", 1)]
    check_refresh(orders)
    orders.drop("orders_4.csv", HEAD + line(2, "a", "x", "T", 2))
    orders.build()
    assert items(orders) == [("a", 1, "2", "T", 2), ("b", 1, "3", "S", 3)]
    check_refresh(orders)


def test_of_several_lines_with_one_key_the_last_tells(orders: Workshop) -> None:
    lines = line(4, "d", "x", "S", 1) + line(5, "d", "x", "S", 1) + line(4, "e", "x", "T", 1)
    orders.drop("orders_2.csv", HEAD + lines)
    orders.build()
    assert items(orders)[-2:] == [("d", 1, "5", "S", 1), ("e", 1, "4", "T", 1)]
    check_refresh(orders)


def test_event_that_another_goal_tells_of_stays(orders: Workshop) -> None:
    other = "- name: web\n  kind: import_profiles\n  files: {web: web.csv}\n"
    other += "  identify: {by: [{id: web.id}]}\n"
    other += "  events: [{type: order, id: web.order, at: web.at}]\n"
    orders.goals(GOAL + other)
    orders.drop("web.csv", f"id,order,at\ny,b,{DAY}\n")
    orders.build()
    orders.drop("orders_2.csv", HEAD + line(3, "b", "y", "S", 3, "deleted"))
    orders.build()
    assert events(orders) == [("a", "x"), ("b", "y")]
    check_refresh(orders)


def test_redefined_goal_tells_anew(orders: Workshop) -> None:
    orders.goals(
        GOAL.replace("sku, line", "status, line").replace(
            "id: orders.order", "id: \"'n' || orders.order\""
        )
    )
    orders.build()
    assert [row[0] for row in events(orders)] == ["na", "nb"]
    check_refresh(orders)
