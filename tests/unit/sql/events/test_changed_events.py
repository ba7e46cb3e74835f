"""Events that are new or have anything that they had not (E2)."""

from tests.unit.sql.goals import ORDERS

EVENTS = """
event_id | profile_id | occurred_at | coupon
same     | p1         | 2024-01-01  | X
person   | p1         | 2024-01-01  | X
moment   | p1         | 2024-01-01  | X
coupon   | p1         | 2024-01-01  |
item     | p1         | 2024-01-01  | X
lost     | p1         | 2024-01-01  | X
"""
FRESH = """
event_id | profile_id | occurred_at | coupon
same     | p1         | 2024-01-01  | X
person   | p2         | 2024-01-01  | X
moment   | p1         | 2024-01-02  | X
coupon   | p1         | 2024-01-01  | X
item     | p1         | 2024-01-01  | X
lost     | p1         | 2024-01-01  | X
new      | p1         | 2024-01-01  | X
"""
ITEMS = """
event_id | position | id | quantity
same     | 1        | a  | 1
item     | 1        | a  | 1
lost     | 1        | a  | 1
lost     | 2        | b  | 1
"""


def test_event_is_compared_column_by_column_and_item_by_item() -> None:
    fresh_items = ITEMS.replace("item     | 1        | a  | 1", "item     | 1        | a  |")
    fresh_items = fresh_items.replace("lost     | 2        | b  | 1\n", "")
    ORDERS.expect(
        "event_1.changed_events",
        {
            "event_1.new_events": FRESH,
            "main.events_order": EVENTS,
            "event_1.new_items.product": fresh_items,
            "main.events_order_product": ITEMS,
        },
        """
        event_id | is_created
        person   | false
        moment   | false
        coupon   | false
        item     | false
        lost     | false
        new      | true
        """,
    )
