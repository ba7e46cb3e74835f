"""Checks of event types and of goals that map them: names must exist and fit."""

from collections.abc import Iterable, Iterator, Mapping

from runner.definitions.event_import import EventImport
from runner.definitions.event_type import EventType, NestedList, event_table
from runner.definitions.import_goal import ImportGoal
from runner.errors import Fault, choices, nearest


def event_faults(goal: ImportGoal, event_types: Mapping[str, EventType]) -> Iterator[Fault]:
    """Return what is wrong with the events of a goal: unknown types, properties and lists."""
    for event in goal.mapped_events:
        declared = event_types.get(event.type)
        if declared is None:
            hint = f"; declare it in models/events/{event.type}.yml"
            yield Fault(
                event.location("type"), _unknown("event type", event.type, event_types, hint)
            )
            continue
        yield from _mapping_faults(event, declared)
        if event.product_store and product_list(event, declared) is None:
            yield Fault(
                event.location("product_store"),
                "`product_store` needs a nested list with an identifier, such as `product` of"
                f" `order`; `{event.type}` maps none",
            )


def _mapping_faults(event: EventImport, declared: EventType) -> Iterator[Fault]:
    for name in event.properties:
        if name not in declared.properties:
            location = event.location("properties", name, of_key=True)
            what = f"property of `{event.type}`"
            yield Fault(location, _unknown(what, name, declared.properties, _where(event.type)))
    for name, values in event.nested.items():
        location = event.location("nested", name, of_key=True)
        if name not in declared.nested:
            what = f"nested list of `{event.type}`"
            yield Fault(location, _unknown(what, name, declared.nested, _where(event.type)))
            continue
        known = declared.nested[name]
        for key in values:
            if key not in known.properties:
                inner = event.location("nested", name, key, of_key=True)
                what = f"property of `{event.type}.{name}`"
                yield Fault(inner, _unknown(what, key, known.properties, _where(event.type)))
        if known.identifier and known.identifier not in values:
            yield Fault(
                location,
                f"`{known.identifier}` is missing here: it identifies an item of `{name}`",
            )


def _where(event_type: str) -> str:
    return f"; add it in models/events/{event_type}.yml"


def _unknown(what: str, name: str, known: Iterable[str], hint: str) -> str:
    names = list(known)
    guess = nearest(name, names)
    return f"there is no {what} '{name}'.{guess} Declared: {choices(names) or 'none'}{hint}"


def product_list(event: EventImport, declared: EventType) -> str | None:
    """Return the nested list that feeds `products`: `product`, or else the first that can."""
    fit = [
        name
        for name in event.nested
        if name in declared.nested
        and ("id" in event.nested[name] or declared.nested[name].identifier)
    ]
    return "product" if "product" in fit else next(iter(fit), None)


def event_type_faults(event_types: Mapping[str, EventType]) -> Iterator[Fault]:
    """Return what is wrong with the event types themselves."""
    tables: dict[str, str] = {}
    for name, declared in event_types.items():
        for key, needed in (("id_property", "text"), ("time_property", "datetime")):
            yield from _role_faults(declared, key, needed)
        yield from _twice(declared, "properties", declared.properties)
        for items in declared.nested.values():
            yield from _twice(items, "properties", items.properties)
            if items.identifier and items.identifier not in items.properties:
                message = _unknown("property", items.identifier, items.properties, "")
                yield Fault(items.location("identifier"), message)
        for nested in ("", *declared.nested):
            table = event_table(name, nested)
            what = f"`{name}.{nested}`" if nested else f"`{name}`"
            if table in tables:
                location = declared.location("nested", nested, of_key=True)
                yield Fault(location, f"{what} and {tables[table]} would share the table {table}")
            tables[table] = what


def _role_faults(declared: EventType, key: str, needed: str) -> Iterator[Fault]:
    name = getattr(declared, key)
    if name is None:
        return
    if name not in declared.properties:
        yield Fault(declared.location(key), _unknown("property", name, declared.properties, ""))
    elif declared.properties[name].type != needed:
        yield Fault(declared.location(key), f"`{name}` is no {needed}: it cannot be the {key}")


def _twice(declared: EventType | NestedList, key: str, names: Iterable[str]) -> Iterator[Fault]:
    """Columns of tables know no case."""
    seen: dict[str, str] = {}
    for name in names:
        if name.lower() in seen:
            location = declared.location(key, name, of_key=True)
            yield Fault(location, f"`{name}` and `{seen[name.lower()]}` would be one column")
        seen[name.lower()] = name
