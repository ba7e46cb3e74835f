"""`key` and `deleted_when`: events and their items follow the lines that tell of them (E1, E2)."""

from pathlib import Path

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

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
WEB = """\
- name: web
  kind: import_profiles
  files: {web: web.csv}
  identify: {by: [{id: web.id}]}
  events: [{type: order, id: web.order, at: web.at}]
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
    """Orders, each of which is named for what happens to its lines."""
    shared_shop.properties("id: {identifier: true}\n")
    shared_shop.write("models/events/order.yml", TYPE)
    shared_shop.goals(GOAL + WEB)
    lines = line(1, "corrected", "x", "S", 1) + line(2, "corrected", "x", "T", 2)
    lines += line(3, "giving", "x", "S", 1) + line(4, "giving", "x", "T", 2)
    lines += line(5, "taking", "y", "S", 3) + line(6, "emptied", "y", "S", 3)
    lines += line(7, "deleted", "x", "U", 1) + line(8, "deleted", "x", "V", 2)
    lines += line(9, "shared", "y", "S", 3)
    shared_shop.drop("orders_1.csv", HEAD + lines)
    shared_shop.drop("web.csv", f"id,order,at\ny,shared,{DAY}\n")
    shared_shop.build()
    assert items(shared_shop, "corrected") == [(1, "1", "S", 1), (2, "2", "T", 2)]
    assert told(shared_shop) == [
        (who, sku) for who, all_ in (("x", "STUV"), ("y", "S")) for sku in all_
    ]
    return shared_shop


@pytest.fixture
def orders(built_shop: Workshop, tmp_path: Path) -> Workshop:
    return built_shop.copied(tmp_path / "shop")


def items(shop: Workshop, event: str) -> list[tuple[object, ...]]:
    columns = "position, line, id, quantity"
    where = f"where event_id = '{event}' order by 1"
    return shop.rows(f"select {columns} from events_order_product {where}")


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


def test_items_and_events_follow_the_lines_that_hold_them(orders: Workshop) -> None:
    """A line that moves takes its item along; an event that loses all its lines goes."""
    lines = line(1, "corrected", "x", "W", 5) + line(3, "taking", "y", "S", 1)
    lines += line(6, "made", "y", "S", 3) + line(7, "deleted", "x", "U", 1, "deleted")
    lines += line(8, "deleted", "x", "V", 2, "deleted") + line(9, "shared", "y", "S", 3, "deleted")
    lines += (
        line(10, "last", "x", "S", 1) + line(11, "last", "x", "S", 1) + line(10, "end", "x", "T", 1)
    )
    orders.drop("orders_2.csv", HEAD + lines)
    ended = orders.run("build")
    assert "3 order created, 2 order updated, 2 order retracted" in ended.told
    assert items(orders, "corrected") == [(1, "1", "W", 5), (2, "2", "T", 2)]
    assert items(orders, "giving") == [(1, "4", "T", 2)]
    assert items(orders, "taking") == [(1, "5", "S", 3), (2, "3", "S", 1)]
    assert items(orders, "made") == [(1, "6", "S", 3)]
    assert (items(orders, "last"), items(orders, "end")) == (
        [(1, "11", "S", 1)],
        [(1, "10", "T", 1)],
    )
    names = ("corrected", "end", "giving", "last", "made", "shared", "taking")
    assert [event for event, _ in events(orders)] == list(names)
    assert told(orders) == [("x", "S"), ("x", "T"), ("x", "W"), ("y", "S")]
    check_refresh(orders)


def test_deleted_lines_take_their_items_and_at_last_the_event(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + line(7, "deleted", "x", "U", 1, "deleted"))
    orders.build()
    assert items(orders, "deleted") == [(1, "8", "V", 2)]
    orders.drop("orders_3.csv", HEAD + line(8, "deleted", "x", "V", 2, "deleted"))
    orders.build()
    assert items(orders, "deleted") == []
    assert "deleted" not in [event for event, _ in events(orders)]
    sold = "select product_id, times_ordered from products where product_id in ('S', 'U', 'V')"
    assert orders.rows(sold) == [("S", 5)]
    orders.drop("orders_4.csv", HEAD + line(8, "deleted", "x", "V", 2))
    orders.build()
    assert items(orders, "deleted") == [(1, "8", "V", 2)]
    check_refresh(orders)


def test_redefined_goal_tells_anew(orders: Workshop) -> None:
    changed = GOAL.replace("sku, line", "status, line").replace(
        "id: orders.order", "id: \"'n' || orders.order\""
    )
    orders.goals(changed + WEB)
    orders.build()
    names = ["ncorrected", "ndeleted", "nemptied", "ngiving", "nshared", "ntaking", "shared"]
    assert [event for event, _ in events(orders)] == names
    lists = [items(orders, name) for name in names[:-1]]
    orders.build("--full-refresh")
    assert [event for event, _ in events(orders)] == names
    assert [items(orders, name) for name in names[:-1]] == lists
