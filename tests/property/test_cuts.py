"""The same files, cut into builds and arriving in any order, end in the same (F8, P8)."""

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.ground import Ground, csv_text, ground
from tests.thorough import examples

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
spent: decimal(18,2)
lines: integer
"""
GOAL = """\
- name: orders
  kind: import_profiles
  files: {orders: "orders_*.csv"}
KEYidentify: {by: [{customer: orders.customer}]}
  map:
    email: {from: orders.email, strategy: set_if_empty}
    note: orders.note
    first_note: {from: orders.note, strategy: set_if_empty}
    last_note: {from: orders.note, strategy: set_or_clear}
    tags: {from: orders.tags, strategy: add}
    spent: {from: orders.amount, strategy: sum}
    lines: {value: 1, strategy: sum}
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
    select * exclude (updated_at) replace (list_sort(tags) as tags)
    from profiles
    order by profile_id
    """,
    "select profile_id, updated_at from profiles order by all",
    "from events_order order by all",
    "from events_order_product order by all",
)

line = st.tuples(
    st.sampled_from("123"),
    st.sampled_from("xy"),
    st.sampled_from(["", "m"]),
    st.sampled_from(["", "A", "B", "C"]),
    st.sampled_from(["", "t", "u|t", "v"]),
    st.sampled_from(["1", "2.50", ""]),
    st.sampled_from(["2024-01-01", "2024-01-02"]),
    st.sampled_from(["", "", "deleted"]),
)
Lines = Sequence[tuple[str, ...]]
files = st.lists(
    st.lists(st.lists(line, max_size=2), min_size=FILES, max_size=FILES),
    min_size=PARTNERS,
    max_size=PARTNERS,
)
"""The lines of each partner in each file."""
orders = st.just(list(range(FILES))) | st.permutations(range(FILES))
arrivals = st.tuples(orders, st.sets(st.integers(1, FILES - 1)))
"""The order in which files arrive, and after how many of them there is a build."""


def drop(shop: Ground, number: int, partners: Sequence[Sequence[Lines]]) -> None:
    """Drop one file, with the time that its number gives, and what all partners send in it."""
    rows: list[tuple[str, ...]] = []
    for partner, sent in enumerate(partners):
        for order, customer, *values in sent[number]:
            rows.append((f"{order}-{partner}", f"{customer}-{partner}", *values))
    shop.moment = 1_700_000_000 + 60 * number
    shop.drop(f"orders_{number}.csv", csv_text([COLUMNS, *rows]))


def rename(shop: Ground, number: int) -> None:
    """Rename a file; it keeps its time."""
    old = shop.folder / f"drop/orders_{number}.csv"
    old.replace(old.with_name(f"orders_{number}_archived.csv"))


def ends_in(
    goal: str, partners: Sequence[Sequence[Lines]], order: Sequence[int], cuts: set[int]
) -> list[list[tuple[Any, ...]]]:
    """Return what profiles and events are after all files."""
    with ground(PROPERTIES, goal, {"order": ORDER_TYPE}) as shop:
        for place, number in enumerate(order):
            if place in cuts:
                shop.build()
                rename(shop, order[place - 1])
            drop(shop, number, partners)
        shop.build()
        return shop.all_rows(STATE)


@settings(max_examples=examples(4), deadline=None)
@given(files, arrivals, st.sampled_from([KEY, "  "]))
def test_any_cut_and_any_order_of_arrival_end_in_the_same(
    partners: list[list[Lines]], arrival: tuple[list[int], set[int]], key: str
) -> None:
    goal = GOAL.replace("KEY", key)
    one_build = ends_in(goal, partners, range(FILES), set())
    order, cuts = arrival
    several = ends_in(goal, partners, order, cuts)
    if key == KEY or order != sorted(order):
        # A value that was the latest once, and one that is corrected to an equal one, count.
        several[1], one_build[1] = [], []
    for found, expected in zip(several, one_build, strict=True):
        assert [row for row in found if row not in expected] == []
        assert len(found) == len(expected)
