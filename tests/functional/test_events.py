"""Rows become events of a timeline, with nested items (E1, E2, E3)."""

import json
from pathlib import Path

import pytest

from tests.functional.workshop import Workshop

PROPERTIES = "email: {identifier: true}\n"
GOAL = """\
- name: orders
  kind: import_profiles
  files:
    lines: "orders_*.csv"
    products: {path: products.csv, join: {sku: lines.sku}}
  identify: {by: [{email: lines.email}]}
  events:
    - type: order
      id: lines.order_id
      at: lines.ordered_at
      properties: {total_revenue: lines.total, coupon: lines.coupon}
      nested:
        product: {id: lines.sku, name: products.name, quantity: lines.qty, price: lines.price}
"""
STORED = f"{GOAL}      product_store: true\n"
VISITS = """\
- name: visits
  kind: import_profiles
  files: {visits: "visits_*.csv"}
  identify: {by: [{email: visits.email}]}
  events:
    - {type: interaction, at: visits.at, properties: {interaction: visits.what, action: {value: viewed}}}
"""
PRODUCTS = "sku,name\nA,Apple\nB,Book\nC,Cup\n"
HEADER = "order_id,email,ordered_at,sku,qty,price,total,coupon\n"
ORDERS = """\
1,an@x.nl,2025-01-01 10:00:00,A,2,1.50,13.00,
1,an@x.nl,2025-01-01 10:00:00,B,1,10.00,13.00,SPRING
2,bo@x.nl,2025-01-02 10:00:00,C,1,4.00,4.00,
"""
EVENTS = "select event_id, occurred_at::varchar, total_revenue::double, coupon from events_order order by 1"
ITEMS = "select event_id, position, id, name, quantity::int, price::double from events_order_product order by 1, 2"


FAULTY = """\
4,an@x.nl,,A,1,1,1,
5,,2025-01-01 10:00:00,A,1,1,1,
6,an@x.nl,soon,A,1,x,1,
,,,,,,,
"""
SOLD = "select product_id, name, price::double, times_ordered from products order by 1"


def declare(shop: Workshop, goals: str) -> None:
    """Declare goals, and drop the products."""
    shop.properties(PROPERTIES)
    shop.goals(goals)
    shop.drop("products.csv", PRODUCTS)


def book(shop: Workshop, goal: str = "shop.orders") -> tuple[int, int, int, int]:
    """Return how many events a goal created, updated, left as they were, and left out."""
    told = shop.results()[goal]["events"]
    return tuple(
        sum(book[name] for book in told) for name in ("created", "updated", "unchanged", "left_out")
    )


def state(shop: Workshop, *lists: str) -> list[list[tuple[object, ...]]]:
    """Return all that is stored of events."""
    tables = ["events_order", "events_order_product", "timeline", "products", *lists]
    return [shop.rows(f"select * from {table} order by all") for table in tables]


LAST = "3,an@x.nl,2025-02-01 09:00:00,C,{},4.00,4.00,\n"
FIRST_ORDERS = HEADER + ORDERS + FAULTY + LAST.format(1) + LAST.format(2)
FIRST_VISITS = (
    "email,at,what\nan@x.nl,2025-03-01 10:00:00,popup\nan@x.nl,2025-03-01 11:00:00,popup\n"
)


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    """Orders with products, and visits."""
    declare(shared_shop, STORED + VISITS)
    shared_shop.drop("orders_1.csv", FIRST_ORDERS)
    shared_shop.drop("visits_1.csv", FIRST_VISITS)
    shared_shop.build()
    return shared_shop


def test_lines_become_events_with_their_items(built_shop: Workshop) -> None:
    assert built_shop.rows(EVENTS) == [
        ("1", "2025-01-01 10:00:00", 13.0, "SPRING"),
        ("2", "2025-01-02 10:00:00", 4.0, None),
        ("3", "2025-02-01 09:00:00", 4.0, None),
    ]
    assert built_shop.rows(ITEMS) == [
        ("1", 1, "A", "Apple", 2, 1.5),
        ("1", 2, "B", "Book", 1, 10.0),
        ("2", 1, "C", "Cup", 1, 4.0),
        ("3", 1, "C", "Cup", 2, 4.0),
    ]
    assert built_shop.rows(SOLD)[2] == ("C", "Cup", 4.0, 2)
    timeline = (
        "select type, event_id, details->>'coupon', details->'$.product[*].name'"
        " from timeline where type = 'order' order by occurred_at"
    )
    assert built_shop.rows(timeline) == [
        ("order", "1", "SPRING", ['"Apple"', '"Book"']),
        ("order", "2", None, ['"Cup"']),
        ("order", "3", None, ['"Cup"']),
    ]


def test_events_without_time_or_profile_are_counted_and_listed(built_shop: Workshop) -> None:
    """So is a line of separators alone, and a product that an order lists twice."""
    assert book(built_shop) == (3, 0, 0, 4)
    assert built_shop.results()["shop.orders"]["events"][0]["repeated_items"] == 1
    listed = "select line, column_name, property, reason, value from runner.rejects order by line, reason"
    assert built_shop.rows(listed) == [
        (5, "lines.ordered_at", "order.at", "no_time", None),
        (6, None, "order", "no_profile", None),
        (7, "lines.ordered_at", "order.at", "not a datetime", "soon"),
        (7, "lines.price", "order.product.price", "not a decimal", "x"),
        (8, None, "order", "no_profile", None),
        (9, "lines.sku", "order.product.id", "repeated_item", "C"),
    ]


def test_profile_shows_its_timeline_newest_first(built_shop: Workshop) -> None:
    """With the lines that its events come from."""
    told = built_shop.run("profile", "email=an@x.nl", "--explain").stdout
    timeline = told[told.index("Timeline") :]
    assert timeline.startswith("Timeline: 4 events, the newest first\n2025-03-01 11:00:00")
    assert "\n    product  id=A, name=Apple, quantity=2, price=1.5\n" in timeline
    assert timeline.index("order 3") < timeline.index("order 1  ") < timeline.index("id=A")
    assert "orders_1.csv" in timeline[timeline.index("Lines that its events come from") :]
    (found,) = json.loads(built_shop.run("profile", "email=an@x.nl", "--json").stdout)
    assert [event["event_id"] for event in found["timeline"]][2:] == ["3", "1"]
    assert [item["id"] for item in found["timeline"][3]["product"]] == ["A", "B"]
    assert "rows" not in found
    explain = ("profile", "email=an@x.nl", "--json", "--explain", "--show-pii")
    (found,) = json.loads(built_shop.run(*explain).stdout)
    assert found["identifiers"] == [{"identifier": "email", "value": "an@x.nl"}]
    (build,) = {row["build"] for row in found["rows"]}
    rows = {(row["goal"], row["file"]) for row in found["rows"]}
    assert rows == {("shop.orders", "orders_1.csv"), ("shop.visits", "visits_1.csv")}
    lines = {(line["id"], line["file"], line["build"]) for line in found["event_lines"]}
    assert ("3", "orders_1.csv", build) in lines


def test_scan_compile_and_preview_show_goals_with_events(built_shop: Workshop) -> None:
    for command in (("scan",), ("compile",), ("preview", "shop.orders", "--show-pii")):
        ended = built_shop.run(*command)
        assert ended.code == 0, ended.told
    for told in ("order.at", "order.product.price", "2025-01-01 10:00:00"):
        assert told in ended.stdout, told


def test_events_follow_their_files_and_their_goal(built_shop: Workshop, tmp_path: Path) -> None:
    """E2, P5: a changed line, a chained file, a line alone in a new file; an edited goal."""
    shop = built_shop.copied(tmp_path / "shop")
    shop.drop("orders_1.csv", FIRST_ORDERS.replace("A,2,1.50", "A,3,1.25") + "7,,,A,1,1,1,\n")
    shop.drop("products.csv", PRODUCTS.replace("Cup", "Mug"))
    shop.drop("visits_2.csv", FIRST_VISITS + "bo@x.nl,2025-03-01 10:00:00,popup\n")
    told = shop.run("build").stdout
    assert book(shop)[:3] == (0, 3, 0)
    assert book(shop, "shop.visits") == (1, 0, 2, 0)
    assert "left out, without a time or a profile" in told
    assert "runner rejects --build" in told
    assert shop.rows(ITEMS) == [
        ("1", 1, "A", "Apple", 3, 1.25),
        ("1", 2, "B", "Book", 1, 10.0),
        ("2", 1, "C", "Mug", 1, 4.0),
        ("3", 1, "C", "Mug", 2, 4.0),
    ]
    lines = "1,an@x.nl,2025-01-01 10:00:00,B,5,9.00,48.00,SPRING\n3,,,C,7,4.00,4.00,LATE\n"
    shop.drop("orders_2.csv", HEADER + lines)
    shop.build()
    assert book(shop) == (0, 2, 0, 0)
    assert shop.rows(EVENTS)[::2] == [
        ("1", "2025-01-01 10:00:00", 48.0, "SPRING"),
        ("3", "2025-02-01 09:00:00", 4.0, "LATE"),
    ]
    assert shop.rows(ITEMS)[1] == ("1", 2, "B", "Book", 5, 9.0)
    assert shop.rows(ITEMS)[3] == ("3", 1, "C", "Mug", 7, 4.0)

    shop.goals(GOAL.replace("id: lines.order_id", "id: \"'o' || lines.order_id\""))
    shop.build()
    assert [row[0] for row in shop.rows(EVENTS)] == ["o1", "o2", "o3"]
    assert [row[0] for row in shop.rows(ITEMS)] == ["o1", "o1", "o2", "o3"]
    assert shop.rows(SOLD) == []
    shop.goals(GOAL[: GOAL.index("  events:")] + "  map: {}\n")
    shop.build()
    assert shop.rows(EVENTS) == shop.rows(ITEMS) == []


SPREAD = (
    ORDERS,
    "2,bo@x.nl,2025-01-02 10:00:00,A,1,1.50,5.50,\n3,bo@x.nl,2025-01-03 10:00:00,C,1,4.00,4.00,\n",
    "1,an@x.nl,2025-01-01 10:00:00,C,2,4.00,21.00,\n2,bo@x.nl,2025-01-02 11:00:00,C,2,3.50,8.50,X\n",
)
WITHOUT_IDENTIFIER = "title: Basket\nproperties: {note: text}\nnested: {line: {properties: {sku: text, qty: integer}}}\n"
BASKET = """\
    - type: basket
      id: lines.order_id
      at: lines.ordered_at
      properties: {note: lines.coupon}
      nested: {line: {sku: lines.sku, qty: lines.qty}}
"""


def test_files_one_by_one_end_as_all_at_once(shop: Workshop) -> None:
    """E1: items with an identifier are merged; others are those of the last file."""
    shop.write("models/events/basket.yml", WITHOUT_IDENTIFIER)
    declare(shop, GOAL + BASKET)
    lists = ("events_basket", "events_basket_line")
    for number, lines in enumerate(SPREAD):
        shop.drop(f"orders_{number}.csv", HEADER + lines)
        shop.build()
    one_by_one = state(shop, *lists)
    shop.build("--full-refresh")
    assert state(shop, *lists) == one_by_one
    shop.warehouse.unlink()
    shop.build()
    assert state(shop, *lists) == one_by_one
    assert shop.rows(EVENTS)[:2] == [
        ("1", "2025-01-01 10:00:00", 21.0, None),
        ("2", "2025-01-02 11:00:00", 8.5, "X"),
    ]
    assert [row[:3] for row in shop.rows(ITEMS)] == [
        ("1", 1, "A"),
        ("1", 2, "B"),
        ("1", 3, "C"),
        ("2", 1, "C"),
        ("2", 2, "A"),
        ("3", 1, "C"),
    ]
    lines = shop.rows(
        "select event_id, position, sku, qty::int from events_basket_line order by all"
    )
    assert lines == [("1", 1, "C", 2), ("2", 1, "C", 2), ("3", 1, "C", 1)]


CHAIN = """\
- name: orders
  kind: import_profiles
  files:
    orders: "orders_*.csv"
    customers: {path: customers.csv, join: {id: orders.customer}}
    areas: {path: areas.csv, join: {postal: customers.postal}}
    items: {path: items.csv, join: {order_id: orders.order_id}}
    products: {path: products.csv, join: {sku: items.sku}}
    payments: {path: payments.csv, join: {order_id: orders.order_id}}
  identify: {by: [{email: customers.email}]}
  events:
    - type: order
      id: orders.order_id
      at: orders.at
      properties: {affiliation: orders.shop}
      nested:
        product: {id: items.sku, name: products.name, quantity: items.qty}
        line: {name: products.name, quantity: items.qty}
        payment: {method: payments.method, amount: payments.amount}
"""
EXTENDED = """\
properties: {gift: boolean}
nested:
  line: {properties: {name: text, quantity: integer}}
  payment: {properties: {method: text, amount: "decimal(18,2)"}}
"""


def test_nested_lists_of_different_files_do_not_multiply_each_other(shop: Workshop) -> None:
    """R3: nor does a file that several lines of are joined."""
    shop.properties(PROPERTIES)
    shop.write("models/events/order.yml", EXTENDED)
    shop.goals(CHAIN)
    shop.drop("areas.csv", "postal,area\n1,n\n1,e\n1,s\n")
    shop.drop("customers.csv", "id,email,postal\nc1,an@x.nl,1\n")
    shop.drop("products.csv", "sku,name\nA,Apple\nB,Book\n")
    shop.drop("items.csv", "order_id,sku,qty\n7,B,1\n7,A,2\n8,A,1\n7,A,1\n")
    shop.drop("payments.csv", "order_id,method,amount\n7,card,5.00\n7,cash,6.00\n")
    shop.drop(
        "orders_1.csv",
        "order_id,customer,at,shop\n7,c1,2025-01-01,x\n8,c1,2025-01-02,x\n9,c1,2025-01-03,x\n",
    )
    result = shop.build()["shop.orders"]
    assert sum(result["outcomes"].values()) == 6 * 3 + 3 + 3
    assert shop.rows("select event_id from events_order order by 1") == [("7",), ("8",), ("9",)]
    rows = shop.rows
    assert rows(
        "select event_id, position, name, quantity::int from events_order_line order by 1, 2"
    ) == [
        ("7", 1, "Book", 1),
        ("7", 2, "Apple", 2),
        ("7", 3, "Apple", 1),
        ("8", 1, "Apple", 1),
    ]
    assert rows(
        "select event_id, position, id, quantity::int from events_order_product order by 1, 2"
    ) == [
        ("7", 1, "B", 1),
        ("7", 2, "A", 1),
        ("8", 1, "A", 1),
    ]
    assert rows(
        "select event_id, method, amount::int from events_order_payment order by position"
    ) == [
        ("7", "card", 5),
        ("7", "cash", 6),
    ]


FEED = """\
- name: catalogue
  kind: import_products
  files: {feed: "feed_*.csv"}
  id: feed.sku
  process: [{drop: "feed.kind = 'gift'"}]
  map: {name: feed.title, price: feed.price}
"""


def test_product_feed_fills_products_and_goes_before_orders(shop: Workshop) -> None:
    """E4"""
    declare(shop, STORED + FEED)
    shop.drop("orders_1.csv", HEADER + ORDERS)
    header = "sku,title,price,kind\n"
    shop.drop("feed_1.csv", header + "A,Apples,1.10,\nD,Dish,oops,\n,Nameless,1,\nG,Gift,1,gift\n")
    shop.build()
    assert shop.outcomes("shop.catalogue") == {"created": 2, "unmatched": 1, "filtered": 1}
    assert shop.rows(SOLD) == [
        ("A", "Apples", 1.1, 1),
        ("B", "Book", 10.0, 1),
        ("C", "Cup", 4.0, 1),
        ("D", "Dish", None, 0),
    ]
    listed = "select file, line, column_name, reason, value from runner.rejects"
    assert shop.rows(listed) == [("feed_1.csv", 3, "feed.price", "not a decimal", "oops")]
    shop.drop("feed_2.csv", header + "A,,1.20,\nD,Dish,,\nA,,1.30,\n")
    shop.build()
    assert shop.outcomes("shop.catalogue") == {"updated": 2, "unchanged": 1}
    counts = shop.results()["shop.catalogue"]["profiles"]
    assert counts == {"created": 0, "updated": 1, "unchanged": 1, "merged": 0}
    after = shop.rows(SOLD)
    assert (after[0], after[3]) == (("A", "Apples", 1.3, 1), ("D", "Dish", None, 0))
    state_before = state(shop)
    shop.build("--full-refresh")
    assert state(shop) == state_before
    shop.goals(STORED + FEED.replace("feed.title", "upper(feed.title)"))
    shop.build()
    assert shop.rows(SOLD)[0] == ("A", "APPLES", 1.3, 1)
    ended = shop.run("preview", "shop.catalogue")
    assert ended.code == 0, ended.told
    ended = shop.run("scan")
    assert ended.code == 0, ended.told
