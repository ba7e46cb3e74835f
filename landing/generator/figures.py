"""The figures that a correct import of the files must give, computed without runner."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.events import Order, orders_of, repeat_buyers, told
from generator.lines import File, Line, by_key, read
from generator.profiles import (
    ORDER_VALUES,
    SUBSCRIBER_VALUES,
    Outcomes,
    Profile,
    Row,
    apply,
    linked,
    sorted_out,
)

VIP_THRESHOLD = 1000
LAPSED_AFTER = timedelta(days=60)
EVENT_VALUES = {"order.at": "last_order_at", "order.product.price": "total_spend"}
"""Values of events that are also mapped to profiles."""
NOTHING = Line("", 0, {})


def figures(folder: Path) -> dict[str, Any]:
    """Return the figures of the files in `folder`, ready for JSON: decimals and times as text.

    `files`: lines of each file that fit, are rejected or blank, and to how many of them a main
    line refers. Per goal: rows by outcome, `bad_values` (cells, and the applied rows that hold
    them), `links` (main lines without a key, with a key that has no partner; keys without one).
    `events`: orders, those left out, their products, what they cost, what was ordered most.
    `profiles`: how many, by origin and with each property; sums. `segments`: their sizes; `vip`:
    what each member spent, by e-mail or, without one, first customer number; `examples`: all
    properties of some profiles.
    """
    months, products, people, places, sign_ups = _files(folder)
    rows = _joined(months, products, people, places)
    orders = sorted_out(rows)
    subscriptions = sorted_out(Row(line, NOTHING, NOTHING, NOTHING) for line in sign_ups.lines)
    owner = linked([*orders.applied, *subscriptions.applied])
    apply(orders, owner, ORDER_VALUES)
    orders.bad |= {name: orders.bad.get(same, []) for name, same in EVENT_VALUES.items()}
    apply(subscriptions, owner, SUBSCRIBER_VALUES)
    profiles = list({id(one): one for one in owner.values()}.values())
    events = orders_of(orders, owner)
    segments, examples = _segments(profiles), _examples(profiles)
    segments["repeat_buyers"] = repeat_buyers(events.values())
    used = {one for row in rows for one in _places(row)}
    used |= {(line.file, line.number) for line in sign_ups.lines}
    files = (*months, products, people, places, sign_ups)
    return {
        "files": {file.name: _file(file, used) for file in files},
        "orders": _goal(orders) | {"links": _links(rows)},
        "subscribers": _goal(subscriptions),
        "events": _events(events.values()),
        "profiles": _profiles(profiles),
        "segments": {name: len(members) for name, members in segments.items()},
        "vip": {_known_as(one): _text(one.properties["total_spend"]) for one in segments["vip"]},
        "examples": {name: _shown(one, one.properties) for name, one in examples.items()},
    }


def _files(folder: Path) -> tuple[list[File], File, File, File, File]:
    names = sorted(f"out/{path.name}" for path in (folder / "out").glob("orders_*.csv"))
    return (
        [read(folder, name) for name in names],
        read(folder, "out/products.csv"),
        read(folder, "out/customers_2025-05.csv"),
        read(folder, "ref/postal_codes.csv", ";"),
        read(folder, "out/subscribers.csv"),
    )


def _joined(months: Iterable[File], products: File, people: File, places: File) -> list[Row]:
    by_sku, by_id = by_key(products, "sku"), by_key(people, "customer_id")
    by_code = by_key(places, "postal_code")
    rows = []
    for month in months:
        for line in month.lines:
            customer = by_id.get(line.get("customer_id") or "", NOTHING)
            place = by_code.get(customer.get("postal_code") or "", NOTHING)
            rows.append(Row(line, by_sku.get(line.get("sku") or "", NOTHING), customer, place))
    return rows


def _places(row: Row) -> Iterable[tuple[str, int]]:
    return ((line.file, line.number) for line in (row.main, row.product, row.customer, row.place))


def _file(file: File, used: Collection[tuple[str, int]]) -> dict[str, int]:
    return {
        "lines": len(file.lines),
        "used": sum((line.file, line.number) in used for line in file.lines),
        "rejected": len(file.rejected),
        "blank": len(file.blank),
    }


def _goal(outcomes: Outcomes) -> dict[str, Any]:
    kinds = ("filtered", "unmatched", "duplicate", "applied")
    return {
        "rows": outcomes.rows(),
        **{kind: len(getattr(outcomes, kind)) for kind in kinds},
        "bad_values": {
            name: {"cells": [astuple(cell) for cell in sorted(set(cells))], "rows": len(cells)}
            for name, cells in outcomes.bad.items()
        },
    }


def _events(orders: Collection[Order]) -> dict[str, Any]:
    events = told(orders)
    ordered = Counter(sku for order in events for sku in order.products)
    return {
        "orders": len(events),
        "left_out": len(orders) - len(events),
        "products": sum(len(order.products) for order in events),
        "spent": _text(sum((order.spent for order in events), Decimal(0))),
        "kinds_of_products": len(ordered),
        "most_ordered": sorted(ordered.items(), key=lambda item: (-item[1], item[0]))[:5],
    }


def _links(rows: Iterable[Row]) -> dict[str, dict[str, int]]:
    keys: dict[str, list[tuple[str | None, Line]]] = {
        "products": [],
        "customers": [],
        "postal_codes": [],
    }
    for row in rows:
        keys["products"].append((row.main.get("sku"), row.product))
        keys["customers"].append((row.main.get("customer_id"), row.customer))
        keys["postal_codes"].append((row.customer.get("postal_code"), row.place))
    return {name: _link(pairs) for name, pairs in keys.items()}


def _link(pairs: Sequence[tuple[str | None, Line]]) -> dict[str, int]:
    orphans = [key for key, partner in pairs if key and partner is NOTHING]
    return {
        "without_key": sum(key is None for key, _ in pairs),
        "without_partner": len(orphans),
        "keys_without_partner": len(set(orphans)),
    }


def _profiles(profiles: Sequence[Profile]) -> dict[str, Any]:
    names = sorted({name for one in profiles for name in one.properties})
    ordered = [one for one in profiles if "count_order_lines" in one.properties]
    return {
        "total": len(profiles),
        "from_orders": len(ordered),
        "from_subscribers_alone": len(profiles) - len(ordered),
        "with_several_accounts": sum(len(one.all_of("customer_id")) > 1 for one in profiles),
        "filled": {"email": sum(bool(one.all_of("email")) for one in profiles)}
        | {"customer_id": sum(bool(one.all_of("customer_id")) for one in profiles)}
        | {name: sum(name in one.properties for one in profiles) for name in names},
        "sums": {
            name: _text(sum(one.properties.get(name, Decimal(0)) for one in profiles))
            for name in ("total_spend", "count_order_lines", "balance", "average_income")
        },
    }


def _segments(profiles: Iterable[Profile]) -> dict[str, list[Profile]]:
    """Return the members of each segment, most spending first, then by identifier."""
    ranked = sorted(profiles, key=lambda one: (-one.properties.get("total_spend", 0), _names(one)))
    orders = [one for one in ranked if "last_order_at" in one.properties]
    latest = max(one.properties["last_order_at"] for one in orders)
    return {
        "vip": [one for one in ranked if one.properties.get("total_spend", 0) >= VIP_THRESHOLD],
        "newsletter": [one for one in ranked if one.properties.get("subscribed")],
        "lapsed": [
            one for one in orders if one.properties["last_order_at"] < latest - LAPSED_AFTER
        ],
    }


def _examples(profiles: Iterable[Profile]) -> dict[str, Profile]:
    """Return the first profile, by identifier, of some kinds."""
    found: dict[str, Profile] = {}
    for one in sorted(profiles, key=_names):
        accounts, held = one.all_of("customer_id"), one.properties
        kinds = {
            "two_accounts": len(accounts) > 1,
            "buyer_and_subscriber": bool(accounts) and "interests" in held,
            "customer_unknown_to_the_shop": any(account.startswith("C99") for account in accounts),
            "customer_in_debt": held.get("balance", 0) < 0,
            "subscriber_alone": not accounts and "interests" in held,
        }
        for kind in (kind for kind, holds in kinds.items() if holds):
            found.setdefault(kind, one)
    return found


def _names(profile: Profile) -> tuple[list[str], list[str]]:
    return profile.all_of("customer_id"), profile.all_of("email")


def _known_as(profile: Profile) -> str:
    return (profile.all_of("email") or profile.all_of("customer_id"))[0]


def _shown(profile: Profile, names: Iterable[str]) -> dict[str, Any]:
    return {
        "email": next(iter(profile.all_of("email")), None),
        "customer_ids": profile.all_of("customer_id"),
        **{name: _text(profile.properties[name]) for name in names},
    }


def _text(value: Any) -> Any:
    """Return a value for JSON: decimals and dates as text, times in UTC without a zone."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    return str(value) if isinstance(value, Decimal | date) else value
