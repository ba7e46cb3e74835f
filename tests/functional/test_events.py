"""Rows become events of a timeline, with nested items (E1, E2, E3)."""

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


@pytest.fixture
def orders(shop: Workshop) -> Workshop:
    """Order lines with products, not built yet."""
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    shop.drop("products.csv", PRODUCTS)
    return shop


def test_lines_of_an_order_become_one_event_with_its_items(orders: Workshop) -> None:
    orders.drop("orders_1.csv", HEADER + ORDERS)
    orders.build()
    assert orders.rows(EVENTS) == [
        ("1", "2025-01-01 10:00:00", 13.0, "SPRING"),
        ("2", "2025-01-02 10:00:00", 4.0, None),
    ]
    assert orders.rows(ITEMS) == [
        ("1", 1, "A", "Apple", 2, 1.5),
        ("1", 2, "B", "Book", 1, 10.0),
        ("2", 1, "C", "Cup", 1, 4.0),
    ]
