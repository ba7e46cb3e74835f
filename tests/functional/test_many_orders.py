"""Thousands of orders in chained files, whichever of them is the main one (E1, R3)."""

import csv
import io
from typing import Any

import pytest

from tests.functional.workshop import Workshop
from tests.thorough import IS_THOROUGH

pytestmark = pytest.mark.any_engine

ORDERS = 8000 if IS_THOROUGH else 2400
"""More than the engine takes at a time."""
PROPERTIES = "customer_id: {identifier: true}\ncity: text\n"
TELLS = """\
  identify: {by: [{customer_id: orders.customer_id}]}
  map: {city: postal_codes.city}
  events:
    - type: order
      id: orders.order_id
      at: orders.ordered_at
      properties: {total_revenue: orders.total, affiliation: postal_codes.city}
      nested:
        product: {id: items.sku, name: products.name, quantity: items.quantity, price: items.price}
        line: {sku: items.sku, quantity: items.quantity, total: orders.total}
      product_store: true
"""
ORDERS_FIRST = """\
- name: orders
  kind: import_profiles
  files:
    orders: orders.csv
    items: {path: items.csv, join: {order_id: orders.order_id}}
    products: {path: products.csv, join: {sku: items.sku}}
    customers: {path: customers.csv, join: {customer_id: orders.customer_id}}
    postal_codes: {path: postal_codes.csv, join: {postal_code: customers.postal_code}}
"""
ITEMS_FIRST = """\
- name: orders
  kind: import_profiles
  files:
    items: items.csv
    orders: {path: orders.csv, join: {order_id: items.order_id}}
    customers: {path: customers.csv, join: {customer_id: orders.customer_id}}
    postal_codes: {path: postal_codes.csv, join: {postal_code: customers.postal_code}}
    products: {path: products.csv, join: {sku: items.sku}}
"""
LIST = "nested: {line: {properties: {sku: text, quantity: integer, total: integer}}}\n"
# Two lines of a postal code: every order row is joined twice.
AREAS = 2


def text_of(header: str, rows: list[tuple[Any, ...]]) -> str:
    """Return the text of a file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header.split(","), *rows])
    return text.getvalue()


def items_of(order: int) -> list[tuple[str, int, str]]:
    """Return SKU, quantity and price of the items of an order; each tenth order has none."""
    if order % 10 == 0:
        return []
    skus = [f"S{(order * 7 + location * 13) % 200}" for location in range(1 + order % 4)]
    return [(sku, 1 + location % 3, f"{5 + location}.50") for location, sku in enumerate(skus)]


def drop_all(shop: Workshop) -> None:
    """Drop all files, the items in another order than their orders."""
    people, locations = range(1500), range(300)
    shop.drop("postal_codes.csv", text_of("postal_code,city,area", [
        (location, f"City {location % 40}", f"{location}-{area}") for location in locations for area in range(AREAS)
    ]))  # fmt: skip
    shop.drop("customers.csv", text_of("customer_id,postal_code", [
        (f"c{one}", one % 300) for one in people
    ]))  # fmt: skip
    shop.drop("products.csv", text_of("sku,name", [(f"S{n}", f"Product {n}") for n in range(200)]))
    items = [(f"o{order}", *item) for order in range(ORDERS) for item in items_of(order)]
    shop.drop(
        "items.csv", text_of("order_id,sku,quantity,price", sorted(items, key=lambda i: i[1]))
    )
    shop.drop("orders.csv", text_of("order_id,customer_id,ordered_at,total", [
        (f"o{order}", f"c{order % 1500}", f"2025-01-{1 + order % 28:02d} 12:00:00", order)
        for order in range(ORDERS)
    ]))  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("files", [ORDERS_FIRST, ITEMS_FIRST], ids=["orders", "items"])
def test_orders_have_their_items_once_whichever_file_is_the_main_one(
    shop: Workshop, files: str
) -> None:
    shop.properties(PROPERTIES)
    shop.write("models/events/order.yml", LIST)
    shop.goals(files + TELLS)
    drop_all(shop)
    shop.build()
    # Orders without items are in no row that begins with an item.
    told = [n for n in range(ORDERS) if files == ORDERS_FIRST or items_of(n)]
    items = [(f"o{n}", *item) for n in told for item in items_of(n)]
    assert shop.rows("select count(*), sum(total_revenue)::int from events_order") == [
        (len(told), sum(told))
    ]
    found = (
        "select event_id, id, quantity::int, price::decimal(9,2)::varchar from events_order_product"
    )
    assert sorted(shop.rows(found)) == sorted(items)
    lines = "select event_id, sku, quantity, total from events_order_line"
    assert sorted(shop.rows(lines)) == sorted((*item[:3], int(item[0][1:])) for item in items)
    named = "select count(*) from events_order_product where name = 'Product ' || id[2:]"
    assert shop.rows(named) == [(len(items),)]
    ordered = "select sum(times_ordered)::int from products"
    assert shop.rows(ordered) == [(len({(order, sku) for order, sku, *_ in items}),)]
    before = shop.rows("select * from timeline order by all")
    shop.drop("products.csv", text_of("sku,name", [(f"S{n}", f"Product {n}") for n in range(201)]))
    shop.build()
    (book,) = shop.results()["shop.orders"]["events"]
    assert (book["created"], book["updated"], book["unchanged"]) == (0, 0, len(told))
    assert shop.rows("select * from timeline order by all") == before
