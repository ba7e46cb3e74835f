"""What a correct import makes of the files: rows, their outcomes, and profiles."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from generator import values
from generator.lines import Line

GUEST = "GUEST"
Identifier = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """A main line and the lines joined to it; without a partner, an empty one."""

    main: Line
    product: Line
    customer: Line
    place: Line

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """Return the values by which the row finds its profile."""
        email = values.email(self.customer.get("email") or self.main.get("email"))
        customer_id = self.main.get("customer_id")
        found = (("email", email), ("customer_id", None if customer_id == GUEST else customer_id))
        return tuple((name, value) for name, value in found if value)

    @property
    def content(self) -> tuple[object, ...]:
        """Return what distinguishes two rows."""
        return tuple(self.main.values.items())


Read = Callable[[Row], Any]
ORDER_VALUES: Mapping[str, tuple[str, Read]] = {
    "first_name": ("set", lambda row: values.name(row.customer.get("first_name"), set())),
    "last_name": ("set", lambda row: values.name(row.customer.get("last_name"))),
    "phone": ("set", lambda row: values.phone(row.customer.get("phone"))),
    "birth_date": ("set", lambda row: values.day(row.customer, "birth_date")),
    "street": ("set", lambda row: row.customer.get("street")),
    "postal_code": ("set", lambda row: row.customer.get("postal_code")),
    "city": ("set", lambda row: row.place.get("city")),
    "average_income": ("set", lambda row: values.dutch_amount(row.place.get("average_income"))),
    "balance": ("set", lambda row: values.dutch_amount(row.customer.get("balance"))),
    "categories": ("add", lambda row: row.product.get("category")),
    "last_product": ("latest", lambda row: row.product.get("name")),
    "last_order_id": ("latest", lambda row: row.main.get("order_id")),
    "last_order_at": ("max", lambda row: values.shop_time(row.main, "ordered_at")),
    "total_spend": ("sum", lambda row: values.amount(row.main, "amount")),
    "count_order_lines": ("sum", lambda _: 1),
    "source": ("set_if_empty", lambda _: "webshop"),
}
SUBSCRIBER_VALUES: Mapping[str, tuple[str, Read]] = {
    "subscribed": ("set", lambda row: values.flag(row.main, "subscribed")),
    "subscribed_at": ("set_if_empty", lambda row: values.sign_up_time(row.main, "signed_up_at")),
    "interests": ("add", lambda row: row.main.get("interests")),
}


@dataclass
class Profile:
    """One customer."""

    identifiers: set[Identifier] = field(default_factory=set)
    properties: dict[str, Any] = field(default_factory=dict)
    # Property -> the time of the order that it comes from, where there is one.
    times: dict[str, datetime] = field(default_factory=dict)

    def all_of(self, name: str) -> list[str]:
        """Return the values of one identifier."""
        return sorted(value for key, value in self.identifiers if key == name)

    def apply(self, name: str, strategy: str, value: Any, ordered_at: datetime | None) -> None:
        """Apply a value by its strategy (P4), of an order of some time (P8)."""
        if value is None or (strategy == "set_if_empty" and name in self.properties):
            return
        if strategy == "latest":
            latest = self.times.get(name)
            if latest is not None and (ordered_at is None or ordered_at < latest):
                return
            if ordered_at is not None:
                self.times[name] = ordered_at
        if strategy == "max":
            value = max(value, self.properties.get(name, value))
        if strategy == "sum":
            value += self.properties.get(name, 0)
        if strategy == "add":
            before = self.properties.get(name, [])
            value = list(dict.fromkeys([*before, *value.split("|")]))
        self.properties[name] = value


@dataclass
class Outcomes:
    """The rows of a goal, by outcome."""

    filtered: list[Row] = field(default_factory=list)
    unmatched: list[Row] = field(default_factory=list)
    duplicate: list[Row] = field(default_factory=list)
    applied: list[Row] = field(default_factory=list)
    # Property -> the cells that could not be read, once per row applied.
    bad: dict[str, list[values.Cell]] = field(default_factory=dict)

    def rows(self) -> int:
        """Return how many rows there are."""
        return sum(map(len, (self.filtered, self.unmatched, self.duplicate, self.applied)))


def sorted_out(rows: Iterable[Row]) -> Outcomes:
    """Return the rows by outcome, in the order of the process."""
    outcomes, seen = Outcomes(), set()
    for row in rows:
        if row.main.get("status") == "test":
            outcomes.filtered.append(row)
        elif not row.identifiers:
            outcomes.unmatched.append(row)
        elif row.content in seen:
            outcomes.duplicate.append(row)
        else:
            seen.add(row.content)
            outcomes.applied.append(row)
    return outcomes


def linked(rows: Iterable[Row]) -> dict[Identifier, Profile]:
    """Return the profile of each identifier value; rows that share one are one profile (P1)."""
    owner: dict[Identifier, Profile] = {}
    for row in rows:
        known = [owner[one] for one in row.identifiers if one in owner]
        profile = known[0] if known else Profile()
        for other in known[1:]:
            profile.identifiers |= other.identifiers
        profile.identifiers.update(row.identifiers)
        owner.update(dict.fromkeys(profile.identifiers, profile))
    return owner


def _time(row: Row) -> datetime | None:
    """Return when the order of a row was made; None where that cannot be read."""
    try:
        return values.shop_time(row.main, "ordered_at")
    except values.BadValueError:
        return None


def apply(
    outcomes: Outcomes, owner: Mapping[Identifier, Profile], read: Mapping[str, tuple[str, Read]]
) -> None:
    """Apply the rows of a goal, in their order, and record the cells that could not be read."""
    for row in outcomes.applied:
        profile = owner[row.identifiers[0]]
        ordered_at = _time(row)
        for name, (strategy, value_of) in read.items():
            try:
                profile.apply(name, strategy, value_of(row), ordered_at)
            except values.BadValueError as error:
                outcomes.bad.setdefault(name, []).append(error.cell)
