"""What can happen to a profile: event types and their nested lists (`models/events/*.yml`)."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator

from runner.definitions.declaration import Declaration, shorthand
from runner.definitions.file_source import Name
from runner.definitions.profile_property import PropertyType

EVENT_COLUMNS = ("event_id", "profile_id", "occurred_at")
"""Columns that every table of events has before those of its properties."""
ITEM_COLUMNS = ("event_id", "profile_id", "position")
"""Columns that every table of nested items has before those of its properties."""


def _own_name(taken: tuple[str, ...]) -> AfterValidator:
    def check(value: str) -> str:
        if value.lower() in taken:
            raise ValueError(f"`{value}` is made by runner itself; choose another name")
        return value

    return AfterValidator(check)


class EventProperty(Declaration):
    """An attribute of an event or of a nested item, with a type; a typed column."""

    type: PropertyType = "text"
    title: str = ""
    description: str = ""
    # Personal data: masked in messages.
    pii: bool = False

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return what was written without its shorthand."""
        if isinstance(value, str):
            return shorthand(value, type=value)
        return shorthand("text") if value is None else value


class NestedList(Declaration):
    """A list inside an event, such as the products of an order; a table of its own."""

    refused: ClassVar[Mapping[str, str]] = {
        "nested": "a nested list cannot hold lists of its own: declare this one beside it, at"
        " the event type"
    }

    title: str = ""
    description: str = ""
    # The property that identifies an item of an event; items of the same value are merged.
    identifier: str | None = None
    properties: dict[Annotated[Name, _own_name(ITEM_COLUMNS)], EventProperty] = {}

    def extended(self, other: "NestedList") -> "NestedList":
        """Return this list with what another declaration of it states."""
        stated = {name: getattr(other, name) for name in other.model_fields_set}
        return other.with_changes(
            **{name: getattr(self, name) for name in type(self).model_fields}
            | stated
            | {"properties": {**self.properties, **other.properties}}
        )


class EventType(Declaration):
    """One file of `models/events/`: the type is called as the file is."""

    title: str = ""
    description: str = ""
    # The property that repeats the event's id, and the one that repeats its time.
    id_property: str | None = None
    time_property: str | None = None
    properties: dict[Annotated[Name, _own_name(EVENT_COLUMNS)], EventProperty] = {}
    nested: dict[Name, NestedList] = {}

    def extended(self, other: "EventType") -> "EventType":
        """Return this event type with what another declaration of it states."""
        stated = {name: getattr(other, name) for name in other.model_fields_set}
        nested = {**self.nested, **other.nested}
        for name in self.nested.keys() & other.nested.keys():
            nested[name] = self.nested[name].extended(other.nested[name])
        return other.with_changes(
            **{name: getattr(self, name) for name in type(self).model_fields}
            | stated
            | {"properties": {**self.properties, **other.properties}, "nested": nested}
        )


def _text(description: str) -> EventProperty:
    return EventProperty(description=description)


def _number(description: str, of: str = "decimal") -> EventProperty:
    return EventProperty(type=of, description=description)


PRODUCT = NestedList(
    title="Product",
    description="One row per product of an order",
    identifier="id",
    properties={
        "id": _text("Id of the product: identifies an item of an order"),
        "name": _text("Name of the product"),
        "variant": _text("Size, colour or other variant"),
        "category": _text("Category of the product"),
        "quantity": _number("How many were ordered"),
        "price": _number("Price, as the file has it"),
        "discount": _number("Discount on it"),
        "url": _text("Address of its page"),
        "image": _text("Address of its picture"),
    },
)

ORDER = EventType(
    title="Order",
    description="One row per order",
    id_property="order_id",
    time_property="ordered_at",
    properties={
        "order_id": _text("Id of the order; the id of the event where not mapped"),
        "ordered_at": EventProperty(
            type="datetime",
            description="When it was ordered (UTC); the time of the event where not mapped",
        ),
        "affiliation": _text("The shop or partner that took it"),
        "total_revenue": _number("What was paid in all"),
        "revenue": _number("What was paid for the products"),
        "quantity": _number("How many products were ordered"),
        "shipping": _number("What was paid for shipping"),
        "tax": _number("Tax in it"),
        "discount": _number("Discount on it"),
        "coupon": _text("Code of the coupon"),
    },
    nested={"product": PRODUCT},
)

INTERACTION = EventType(
    title="Interaction",
    description="One row per view or use of an interaction",
    properties={
        "interaction": _text("Id or name of the interaction"),
        "action": _text("What was done: viewed, clicked, converted"),
        "channel": _text("Where: site, app, mail"),
        "variant": _text("Variant that was shown"),
        "url": _text("Address of the page"),
    },
)

BUILT_IN_EVENTS: dict[str, EventType] = {"interaction": INTERACTION, "order": ORDER}
"""Event types that every project has; a file of the same name adds to them."""


def event_table(event_type: str, nested: str = "") -> str:
    """Return the name of the table of an event type, or of one of its nested lists."""
    return f"events_{event_type}_{nested}" if nested else f"events_{event_type}"


def event_tables(event_types: Mapping[str, EventType]) -> tuple[str, ...]:
    """Return the names of all tables that these event types have."""
    return tuple(
        event_table(name, nested)
        for name, declared in event_types.items()
        for nested in ("", *declared.nested)
    )
