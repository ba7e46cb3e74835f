"""The same files, cut into builds and arriving in any order, end in the same (F8, P8)."""

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.ground import Ground, csv_text, ground
from tests.thorough import drawn, examples

PARTNERS = 25
"""Partners of one run, with customers and orders of their own: each is a case."""
FILES = 4
PROPERTIES = """\
customer: {identifier: true}
email: text
note: text
first_note: text
last_note: text
tags: {multi: true}
seen: {multi: true}
kinds: {multi: true}
latest: text
most: decimal(18,2)
spent: decimal(18,2)
rounded: integer
lines: integer
balance: integer
share: decimal(18,2)
"""
GOAL = """\
- name: orders
  kind: import_profiles
  files:
    orders: "orders_*.csv"
    people: {path: people.csv, join: {customer: orders.customer}}
KEYidentify: {by: [{customer: orders.customer}]}
  map:
    email: {from: orders.email, strategy: set_if_empty}
    note: orders.note
    first_note: {from: orders.note, strategy: set_if_empty}
    last_note: {from: orders.note, strategy: set_or_clear}
    seen: orders.tags
    latest: {from: orders.note, latest_by: orders.at}
    most: {from: orders.amount, strategy: max}
    tags: {from: orders.tags, strategy: add}
    kinds: {from: people.kind, strategy: add}
    spent: {from: orders.amount, strategy: sum}
    rounded: {from: orders.amount, strategy: sum}
    lines: {value: 1, strategy: sum}
    balance: {from: people.balance, strategy: sum}
    share:
      from: "try_cast(orders.amount as decimal(18,2)) * cast(people.balance as integer)"
      strategy: sum
  events:
    - type: order
      id: orders.number
      at: orders.at
      properties: {note: orders.note}
      nested: {product: {line: orders.tags, id: orders.email}}
"""
KEY = "  key: orders.number\n  deleted_when: \"orders.status = 'deleted'\"\n  "
ORDER_TYPE = """\
properties: {note: text}
nested: {product: {identifier: line, properties: {line: text}}}
"""
COLUMNS = ("number", "customer", "email", "note", "tags", "amount", "at", "status")
STATE = (
    """
    select
        * exclude (updated_at)
        replace (list_sort(tags) as tags, list_sort(kinds) as kinds)
    from profiles
    order by profile_id
    """,
    "select profile_id, updated_at from profiles order by all",
    "from events_order order by all",
    "from events_order_product order by all",
)

PEOPLE = [
    (f"{customer}-{partner}", kind, balance)
    for partner in range(PARTNERS)
    for customer, kind, balance in (("x", "k", "7"), ("y", "l", "0"))
]

line = st.tuples(
    st.sampled_from("123"),
    st.sampled_from("xy"),
    st.sampled_from(["", "m"]),
    st.sampled_from(["", "A", "B", "C"]),
    st.sampled_from(["", "t", "u|t", "v"]),
    st.sampled_from(["1", "1.40", "-1", "0", ""]),
    st.sampled_from(["2024-01-01", "2024-01-02"]),
    st.sampled_from(["", "", "deleted"]),
)
Lines = Sequence[tuple[str, ...]]


def order(number: str = "1", customer: str = "x", **values: str) -> tuple[str, ...]:
    """Return an order line, as all others are but for some values."""
    usual = ("", "A", "t", "1", "2024-01-01", "")
    return (number, customer, *(dict(zip(COLUMNS[2:], usual, strict=True)) | values).values())


later = order(at="2024-01-02")
CORRECTIONS: list[list[Lines]] = [
    # A correction changes no value of the profile, or takes a value back again.
    [[order()], [later], [], []],
    [[order()], [order(amount="1.40")], [order()], []],
    [[order()], [order(status="deleted")], [order()], []],
    # Equal lines, and amounts that cancel each other.
    [[order()], [order()], [], []],
    [[order()], [order("2"), order("3", amount="-1")], [], []],
    # A value is added and withdrawn, and so is the first amount of a sum.
    [[order(tags="")], [order("2", amount="")], [order("2", tags="", amount="")], []],
    [[order(amount="")], [order("2", amount="0")], [order("2", amount="")], [later]],
    # A line goes to another customer, and back.
    [[order()], [order(customer="y")], [order()], []],
    [[order()], [order(customer="y")], [order(customer="y", at="2024-01-02")], []],
]
"""What some partners always send."""
RANDOM = PARTNERS - len(CORRECTIONS)
files = st.lists(
    st.lists(st.lists(line, max_size=2), min_size=FILES, max_size=FILES),
    min_size=RANDOM,
    max_size=RANDOM,
).map(lambda drawn: [*CORRECTIONS, *drawn])
"""The lines of each partner in each file."""
orders = st.just(list(range(FILES))) | st.permutations(range(FILES))
arrivals = st.tuples(orders, st.sets(st.integers(1, FILES - 1)))
"""The order in which files arrive, and after how many of them there is a build."""


def drop(shop: Ground, number: int, partners: Sequence[Sequence[Lines]]) -> None:
    """Drop one file, with the time that its number gives, and what all partners send in it."""
    rows: list[tuple[str, ...]] = []
    for partner, sent in enumerate(partners):
        for name, customer, *values in sent[number]:
            rows.append((f"{name}-{partner}", f"{customer}-{partner}", *values))
    shop.moment = 1_700_000_000 + 60 * number
    shop.drop(f"orders_{number}.csv", csv_text([COLUMNS, *rows]))


def rename(shop: Ground, number: int) -> None:
    """Rename a file; it keeps its time."""
    old = shop.folder / f"drop/orders_{number}.csv"
    old.replace(old.with_name(f"orders_{number}_archived.csv"))


def ends_in(
    goal: str, partners: Sequence[Sequence[Lines]], arriving: Sequence[int], cuts: set[int]
) -> list[list[tuple[Any, ...]]]:
    """Return what profiles and events are after all files."""
    with ground(PROPERTIES, goal, {"order": ORDER_TYPE}) as shop:
        shop.drop("people.csv", csv_text([("customer", "kind", "balance"), *PEOPLE]))
        for place, number in enumerate(arriving):
            if place in cuts:
                shop.build()
                rename(shop, arriving[place - 1])
            drop(shop, number, partners)
        shop.build()
        return shop.all_rows(STATE)


@settings(max_examples=examples(4), deadline=None)
@given(drawn(files), arrivals, st.sampled_from([KEY, "  "]))
def test_any_cut_and_any_order_of_arrival_end_in_the_same(
    partners: list[list[Lines]], arrival: tuple[list[int], set[int]], key: str
) -> None:
    goal = GOAL.replace("KEY", key)
    one_build = ends_in(goal, partners, range(FILES), set())
    arriving, cuts = arrival
    several = ends_in(goal, partners, arriving, cuts)
    if arriving != sorted(arriving):
        # The file that last changed a value in another order of arrival counts.
        several[1], one_build[1] = [], []
    for found, expected in zip(several, one_build, strict=True):
        assert [row for row in found if row not in expected] == []
        assert len(found) == len(expected)
