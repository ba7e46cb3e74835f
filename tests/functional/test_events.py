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
PRODUCTS = "sku,name\nA,Apple\nB,Book\nC,Cup\n"
HEADER = "order_id,email,ordered_at,sku,qty,price,total,coupon\n"
ORDERS = """\
1,an@x.nl,2025-01-01 10:00:00,A,2,1.50,13.00,
1,an@x.nl,2025-01-01 10:00:00,B,1,10.00,13.00,SPRING
2,bo@x.nl,2025-01-02 10:00:00,C,1,4.00,4.00,
"""
EVENTS = "select event_id, occurred_at::varchar, total_revenue::double, coupon from events_order order by 1"
ITEMS = "select event_id, position, id, name, quantity::int, price::double from events_order_product order by 1, 2"


def declare(shop: Workshop) -> Workshop:
    """Declare orders with products."""
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    shop.drop("products.csv", PRODUCTS)
    return shop


@pytest.fixture
def orders(shop: Workshop) -> Workshop:
    """Order lines with products, not built yet."""
    return declare(shop)


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    declare(shared_shop).drop("orders_1.csv", HEADER + ORDERS)
    shared_shop.build()
    return shared_shop


@pytest.fixture
def imported(built_shop: Workshop, tmp_path: Path) -> Workshop:
    """The same with a file of orders, built."""
    return built_shop.copied(tmp_path / "imported")


def test_lines_of_an_order_become_one_event_with_its_items(imported: Workshop) -> None:
    assert imported.rows(EVENTS) == [
        ("1", "2025-01-01 10:00:00", 13.0, "SPRING"),
        ("2", "2025-01-02 10:00:00", 4.0, None),
    ]
    assert imported.rows(ITEMS) == [
        ("1", 1, "A", "Apple", 2, 1.5),
        ("1", 2, "B", "Book", 1, 10.0),
        ("2", 1, "C", "Cup", 1, 4.0),
    ]


def book(shop: Workshop, goal: str = "shop.orders") -> tuple[int, int, int, int]:
    """Return how many events a goal created, updated, left as they were, and left out."""
    told = shop.results()[goal]["events"]
    return tuple(
        sum(book[name] for book in told) for name in ("created", "updated", "unchanged", "left_out")
    )


def state(shop: Workshop, *lists: str) -> list[list[tuple[object, ...]]]:
    """Return all that is told of events."""
    tables = ["events_order", "events_order_product", "timeline", "products", *lists]
    return [shop.rows(f"select * from {table} order by all") for table in tables]


def test_changed_line_keeps_the_other_lines_of_its_order(imported: Workshop) -> None:
    """E2"""
    imported.drop("orders_1.csv", HEADER + ORDERS.replace("A,2,1.50", "A,3,1.25"))
    imported.build()
    assert book(imported) == (0, 1, 1, 0)
    assert imported.rows(ITEMS)[:2] == [
        ("1", 1, "A", "Apple", 3, 1.25),
        ("1", 2, "B", "Book", 1, 10.0),
    ]
    assert len(imported.rows(EVENTS)) == 2


def test_changed_line_alone_in_a_new_file_changes_its_item_alone(imported: Workshop) -> None:
    """E1: items with an identifier are merged one by one."""
    imported.drop("orders_2.csv", HEADER + "1,an@x.nl,2025-01-01 10:00:00,B,5,9.00,48.00,SPRING\n")
    imported.build()
    assert book(imported) == (0, 1, 0, 0)
    assert imported.rows(EVENTS)[0] == ("1", "2025-01-01 10:00:00", 48.0, "SPRING")
    assert imported.rows(ITEMS)[:2] == [
        ("1", 1, "A", "Apple", 2, 1.5),
        ("1", 2, "B", "Book", 5, 9.0),
    ]


def test_chained_file_that_changed_changes_the_events_it_is_in(imported: Workshop) -> None:
    imported.drop("products.csv", PRODUCTS.replace("Cup", "Mug"))
    imported.build()
    assert book(imported) == (0, 1, 1, 0)
    assert imported.rows(ITEMS)[2] == ("2", 1, "C", "Mug", 1, 4.0)


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


@pytest.mark.parametrize("goal", [GOAL, GOAL + BASKET], ids=["identifier", "both"])
def test_files_one_by_one_end_as_all_at_once(orders: Workshop, goal: str) -> None:
    orders.write("models/events/basket.yml", WITHOUT_IDENTIFIER)
    orders.goals(goal)
    lists = ("events_basket", "events_basket_line")
    for number, lines in enumerate(SPREAD):
        orders.drop(f"orders_{number}.csv", HEADER + lines)
        orders.build()
    one_by_one = state(orders, *lists)
    orders.build("--full-refresh")
    assert state(orders, *lists) == one_by_one
    orders.warehouse.unlink()
    orders.build()
    assert state(orders, *lists) == one_by_one
    assert orders.rows(EVENTS)[:2] == [
        ("1", "2025-01-01 10:00:00", 21.0, None),
        ("2", "2025-01-02 11:00:00", 8.5, "X"),
    ]
    assert [row[:3] for row in orders.rows(ITEMS)] == [
        ("1", 1, "A"),
        ("1", 2, "B"),
        ("1", 3, "C"),
        ("2", 1, "C"),
        ("2", 2, "A"),
        ("3", 1, "C"),
    ]
    if goal != GOAL:
        lines = orders.rows(
            "select event_id, position, sku, qty::int from events_basket_line order by all"
        )
        assert lines == [("1", 1, "C", 2), ("2", 1, "C", 2), ("3", 1, "C", 1)]


def test_lines_of_a_list_without_identifier_are_replaced_by_those_of_the_last_file(
    orders: Workshop,
) -> None:
    """E1: equal lines apart from a column that nobody maps are two items."""
    orders.write("models/events/basket.yml", WITHOUT_IDENTIFIER)
    orders.goals(GOAL.replace("  events:\n", "  events:\n" + BASKET))
    lines = "1,an@x.nl,2025-01-01 10:00:00,A,1,1.50,3.00,\n" * 2
    orders.drop("orders_1.csv", HEADER + lines.replace("1.50", "1.40", 1))
    orders.build()
    items = "select position, sku, qty::int from events_basket_line order by all"
    assert orders.rows(items) == [(1, "A", 1), (2, "A", 1)]
    orders.drop("orders_1.csv", HEADER + "1,an@x.nl,2025-01-01 10:00:00,B,1,1.50,3.00,\n")
    orders.build()
    assert orders.rows(items) == [(1, "B", 1)]


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


def test_events_without_an_id_get_one_of_profile_time_and_properties(shop: Workshop) -> None:
    """E1"""
    shop.properties(PROPERTIES)
    shop.goals(
        """\
        - name: visits
          kind: import_profiles
          files: {visits: "visits_*.csv"}
          identify: {by: [{email: visits.email}]}
          events:
            - {type: interaction, at: visits.at, properties: {interaction: visits.what, action: {value: viewed}}}
        """
    )
    lines = "an@x.nl,2025-01-01 10:00:00,popup\nan@x.nl,2025-01-01 11:00:00,popup\n"
    shop.drop("visits_1.csv", "email,at,what\n" + lines)
    shop.build()
    shop.drop("visits_2.csv", "email,at,what\n" + lines + "bo@x.nl,2025-01-01 10:00:00,popup\n")
    shop.build()
    assert book(shop, "shop.visits") == (1, 0, 2, 0)
    found = shop.rows(
        "select count(*), count(distinct event_id), min(action) from events_interaction"
    )
    assert found == [(3, 3, "viewed")]


def test_events_without_time_or_profile_are_counted_and_listed(orders: Workshop) -> None:
    lines = "4,an@x.nl,,A,1,1,1,\n5,,2025-01-01 10:00:00,A,1,1,1,\n6,an@x.nl,soon,A,1,x,1,\n"
    orders.drop("orders_1.csv", HEADER + ORDERS + lines)
    orders.build()
    assert book(orders) == (2, 0, 0, 3)
    listed = "select file, line, column_name, property, reason, value from runner.rejects order by line, reason"
    assert orders.rows(listed) == [
        ("orders_1.csv", 5, "lines.ordered_at", "order.at", "no_time", None),
        ("orders_1.csv", 6, None, "order", "no_profile", None),
        ("orders_1.csv", 7, "lines.ordered_at", "order.at", "not a datetime", "soon"),
        ("orders_1.csv", 7, "lines.price", "order.product.price", "not a decimal", "x"),
    ]


def test_line_of_separators_is_counted_as_it_is_listed(orders: Workshop) -> None:
    """It names no event: it is one that was left out."""
    orders.drop("orders_1.csv", HEADER + ORDERS + ",,,,,,,\n")
    told = orders.run("build").stdout
    assert book(orders) == (2, 0, 0, 1)
    assert "1 order left out, without a time or a profile" in told
    assert "runner rejects --build" in told
    assert orders.rows("select line, reason from runner.rejects") == [(5, "no_profile")]


def test_time_that_a_later_file_lacks_stays(imported: Workshop) -> None:
    imported.drop("orders_2.csv", HEADER + "1,,,A,7,1.50,13.00,LATE\n")
    imported.build()
    assert imported.rows(EVENTS)[0] == ("1", "2025-01-01 10:00:00", 13.0, "LATE")
    assert imported.rows(ITEMS)[0] == ("1", 1, "A", "Apple", 7, 1.5)
    assert imported.rows("select * from runner.rejects") == []


def test_goal_that_changed_tells_its_events_anew(imported: Workshop) -> None:
    """P5: what it told before is taken back."""
    imported.goals(GOAL.replace("id: lines.order_id", "id: \"'o' || lines.order_id\""))
    imported.build()
    assert [row[0] for row in imported.rows(EVENTS)] == ["o1", "o2"]
    assert [row[0] for row in imported.rows(ITEMS)] == ["o1", "o1", "o2"]
    after = state(imported)
    imported.build("--full-refresh")
    assert state(imported) == after
    imported.goals(GOAL[: GOAL.index("  events:")] + "  map: {}\n")
    imported.build()
    assert state(imported)[:3] == [[], [], []]


def test_filtered_rows_tell_of_no_event(orders: Workshop) -> None:
    orders.goals(GOAL + "  process: [{drop: \"lines.sku = 'B'\"}]\n")
    orders.drop("orders_1.csv", HEADER + ORDERS)
    orders.build()
    assert [row[2] for row in orders.rows(ITEMS)] == ["A", "C"]
    assert orders.rows(EVENTS)[0][3] is None


def test_timeline_shows_all_types_with_nested_lists(orders: Workshop) -> None:
    """E3"""
    orders.build()
    assert orders.rows("select * from timeline") == []
    orders.drop("orders_1.csv", HEADER + ORDERS)
    orders.build()
    query = (
        "select type, event_id, details->>'coupon', details->'$.product[*].name'"
        " from timeline order by occurred_at"
    )
    assert orders.rows(query) == [
        ("order", "1", "SPRING", ['"Apple"', '"Book"']),
        ("order", "2", None, ['"Cup"']),
    ]


MISTAKES = {
    "type: ordr": ("type: order", "there is no event type 'ordr'. Did you mean 'order'?"),
    "coupn: lines": ("coupon: lines", "there is no property of `order` 'coupn'."),
    "prodct: {": ("product: {", "there is no nested list of `order` 'prodct'."),
    "product: {nam: products.name, ": (
        "product: {id: lines.sku, name: products.name, ",
        "there is no property of `order.product` 'nam'.",
    ),
    "product: {part: {id: lines.sku}, ": (
        "product: {",
        "a nested list cannot hold lists of its own.",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_told_at_their_line(orders: Workshop, mistake: str) -> None:
    right, message = MISTAKES[mistake]
    goal = GOAL.replace(right, mistake)
    orders.goals(goal)
    line = 4 + next(n for n, text in enumerate(goal.splitlines()) if mistake in text)
    ended = orders.run("build")
    assert ended.code == 2
    assert f"connections/shop.yml:{line + 1}:" in ended.stderr
    assert message in ended.stderr


def test_nested_list_that_declares_a_list_is_a_mistake_at_its_line(orders: Workshop) -> None:
    text = "nested:\n  line:\n    properties: {a: text}\n    nested: {b: {}}\n"
    orders.write("models/events/basket.yml", text)
    ended = orders.run("build")
    assert ended.code == 2
    assert (
        "models/events/basket.yml:4:5: a nested list cannot hold lists of its own" in ended.stderr
    )


def test_profile_shows_its_timeline_newest_first(orders: Workshop) -> None:
    orders.drop("orders_1.csv", HEADER + ORDERS + "3,an@x.nl,2025-02-01 09:00:00,C,1,4.00,4.00,\n")
    orders.build()
    told = orders.run("profile", "email=an@x.nl", "--explain").stdout
    timeline = told[told.index("Timeline") :]
    assert timeline.startswith("Timeline: 2 events, the newest first\n2025-02-01 09:00:00  order 3")
    assert "\n    product  id=A, name=Apple, quantity=2, price=1.5\n" in timeline
    assert timeline.index("order 3") < timeline.index("order 1  ") < timeline.index("id=A")
    assert "orders_1.csv" in timeline[timeline.index("Lines that its events come from") :]
    (found,) = json.loads(orders.run("profile", "email=an@x.nl", "--json").stdout)
    assert [event["event_id"] for event in found["timeline"]] == ["3", "1"]
    assert [item["id"] for item in found["timeline"][1]["product"]] == ["A", "B"]


def test_products_keep_last_details_and_how_often_they_were_ordered(orders: Workshop) -> None:
    """E4: the last by time, in whatever order the files come."""
    orders.goals(GOAL + "      product_store: true\n")
    orders.drop("orders_1.csv", HEADER + ORDERS)
    orders.build()
    orders.drop(
        "orders_2.csv",
        HEADER + "0,bo@x.nl,2024-12-31,A,1,9.99,9.99,\n0,bo@x.nl,2024-12-31,B,1,,9.99,\n",
    )
    orders.build()
    products = "select product_id, name, price::double, times_ordered, last_ordered_at::varchar from products order by 1"
    assert orders.rows(products) == [
        ("A", "Apple", 1.5, 2, "2025-01-01 10:00:00"),
        ("B", "Book", 10.0, 2, "2025-01-01 10:00:00"),
        ("C", "Cup", 4.0, 1, "2025-01-02 10:00:00"),
    ]
    orders.goals(GOAL)
    orders.build()
    assert orders.rows(products) == []


FEED = """\
- name: catalogue
  kind: import_products
  files: {feed: "feed_*.csv"}
  id: feed.sku
  process: [{drop: "feed.kind = 'gift'"}]
  map: {name: feed.title, price: feed.price}
"""


def test_product_feed_fills_products_and_goes_before_orders(orders: Workshop) -> None:
    """E4"""
    orders.goals(GOAL + "      product_store: true\n" + FEED)
    orders.drop("orders_1.csv", HEADER + ORDERS)
    header = "sku,title,price,kind\n"
    orders.drop(
        "feed_1.csv", header + "A,Apples,1.10,\nD,Dish,oops,\n,Nameless,1,\nG,Gift,1,gift\n"
    )
    orders.build()
    assert orders.outcomes("shop.catalogue") == {"created": 2, "unmatched": 1, "filtered": 1}
    products = "select product_id, name, price::double, times_ordered from products order by 1"
    assert orders.rows(products) == [
        ("A", "Apples", 1.1, 1),
        ("B", "Book", 10.0, 1),
        ("C", "Cup", 4.0, 1),
        ("D", "Dish", None, 0),
    ]
    listed = "select file, line, column_name, reason, value from runner.rejects"
    assert orders.rows(listed) == [("feed_1.csv", 3, "feed.price", "not a decimal", "oops")]
    orders.drop("feed_2.csv", header + "A,,1.20,\nD,Dish,,\nA,,1.30,\n")
    orders.build()
    assert orders.outcomes("shop.catalogue") == {"updated": 2, "unchanged": 1}
    after = orders.rows(products)
    assert (after[0], after[3]) == (("A", "Apples", 1.3, 1), ("D", "Dish", None, 0))
    state_before = state(orders)
    orders.build("--full-refresh")
    assert state(orders) == state_before
    orders.goals(
        GOAL + "      product_store: true\n" + FEED.replace("feed.title", "upper(feed.title)")
    )
    orders.build()
    assert orders.rows(products)[0] == ("A", "APPLES", 1.3, 1)
    ended = orders.run("preview", "shop.catalogue")
    assert ended.code == 0, ended.told
    ended = orders.run("scan")
    assert ended.code == 0, ended.told


def test_product_feed_has_no_profiles(orders: Workshop) -> None:
    orders.goals(FEED + "  identify: {by: [{email: feed.email}]}\n")
    ended = orders.run("build")
    assert ended.code == 2
    assert "connections/shop.yml:11:" in ended.stderr
    assert "a product feed has no `identify`" in ended.stderr


def test_preview_and_scan_show_goals_with_events(orders: Workshop) -> None:
    orders.drop("orders_1.csv", HEADER + ORDERS)
    for command in (("scan",), ("compile",), ("preview", "shop.orders", "--show-pii")):
        ended = orders.run(*command)
        assert ended.code == 0, ended.told
    for told in ("order.at", "order.product.price", "2025-01-01 10:00:00"):
        assert told in ended.stdout, told


def test_product_that_an_order_lists_twice_is_listed(orders: Workshop) -> None:
    """E1: with the number of the line as the identifier both lines are items."""
    orders.goals(GOAL + "      product_store: true\n")
    lines = ORDERS.replace("B,1,10.00", "A,1,1.20")
    orders.drop("orders_1.csv", HEADER + lines)
    orders.build()
    assert orders.rows(ITEMS)[0] == ("1", 1, "A", "Apple", 1, 1.2)
    listed = "select line, property, reason, value from runner.rejects"
    assert orders.rows(listed) == [(2, "order.product.id", "repeated_item", "A")]
    assert orders.results()["shop.orders"]["events"][0]["repeated_items"] == 1
    orders.write(
        "models/events/order.yml",
        "nested: {product: {identifier: price, properties: {price: decimal}}}\n",
    )
    orders.build()
    assert [row[2:5] for row in orders.rows(ITEMS)[:2]] == [("A", "Apple", 2), ("A", "Apple", 1)]
    sold = "select product_id, times_ordered from products order by 1"
    assert orders.rows(sold) == [("A", 1), ("C", 1)]
