"""The orders that a correct import makes of the lines: one event per order, with its products."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from generator import values
from generator.profiles import ORDER_VALUES, Identifier, Outcomes, Profile, Row

REPEAT_WITHIN = timedelta(days=90)
REPEAT_THRESHOLD = 500


@dataclass
class Order:
    """One order: customer, time, and the price of each product."""

    profile: Profile | None = None
    ordered_at: datetime | None = None
    products: dict[str, Decimal | None] = field(default_factory=dict)

    @property
    def spent(self) -> Decimal:
        """Return the sum of its amounts."""
        return sum((amount for amount in self.products.values() if amount), Decimal(0))


def orders_of(outcomes: Outcomes, owner: Mapping[Identifier, Profile]) -> dict[str, Order]:
    """Return all orders by their number, those without a time or a profile too."""
    orders: dict[str, Order] = {}
    for row in (*outcomes.applied, *outcomes.unmatched):
        order = orders.setdefault(row.main.get("order_id") or "", Order())
        if row.identifiers:
            order.profile = owner[row.identifiers[0]]
        order.ordered_at = _read(row, "last_order_at") or order.ordered_at
        order.products[row.main.get("sku") or ""] = _read(row, "total_spend")
    return orders


def told(orders: Iterable[Order]) -> list[Order]:
    """Return the orders that become events."""
    return [order for order in orders if order.profile and order.ordered_at]


def repeat_buyers(orders: Iterable[Order]) -> list[Profile]:
    """Return the customers with two recent orders above the threshold."""
    events = told(orders)
    since = max(order.ordered_at for order in events if order.ordered_at) - REPEAT_WITHIN
    recent: dict[int, list[Order]] = {}
    for order in events:
        if order.ordered_at and order.ordered_at > since:
            recent.setdefault(id(order.profile), []).append(order)
    return [
        own[0].profile
        for own in recent.values()
        if own[0].profile
        and len(own) > 1
        and sum((order.spent for order in own), Decimal(0)) > REPEAT_THRESHOLD
    ]


def _read(row: Row, name: str) -> Any:
    try:
        return ORDER_VALUES[name][1](row)
    except values.BadValueError:
        return None
