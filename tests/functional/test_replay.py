"""Whatever files come in whatever order: a replay of all builds gives what they led to (P6)."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.functional.workshop import Workshop, new_workshop
from tests.servers.command import LoadedRunner
from tests.thorough import drawn, examples

PROPERTIES = """\
email: {identifier: true}
card: {identifier: true}
city: text
first: text
last: text
exact: text
categories: {multi: true}
spent: decimal(18,2)
revenue: decimal(18,2)
balance: decimal(18,2)
lines: integer
"""
GOALS = """\
- name: orders
  kind: import_profiles
  done_suffix: true
  files:
    orders: "orders_*.csv"
    customers: {path: "customers_*.csv", join: {id: orders.card}, pick: latest}
    products: {path: "products_*.csv", join: {sku: orders.sku}, pick: latest}
  identify:
    by: [{email: customers.email}, {card: orders.card}]
  map:
    city: customers.city
    first: {from: orders.note, strategy: set_if_empty}
    last: orders.note
    exact: {from: orders.note, strategy: set_or_clear}
    categories: {from: products.category, strategy: add}
    spent: {from: orders.amount, strategy: sum}
    revenue:
      from: "cast(orders.quantity as integer) * cast(products.price as decimal(18,2))"
      strategy: sum
    balance: {from: customers.balance, strategy: sum}
    lines: {value: 1, strategy: sum}
- name: mail
  kind: import_profiles
  files: {mail: "mail_*.csv"}
  identify: {create_profiles: false, by: [{email: mail.email}]}
  map:
    last: mail.note
    categories: {from: mail.unwanted, strategy: remove}
"""
CARDS, EMAILS, SKUS = ["x", "y", "z", ""], ["m1", "m2", ""], ["A", "B", "C"]
CATEGORIES, NOTES = ["k1", "k2", ""], ["v1", "v2", ""]
# The columns of each file, and the values that they draw from.
COLUMNS = {
    "orders": {
        "order_id": ["1", "2", "3", "4"],
        "card": CARDS,
        "sku": SKUS,
        "quantity": ["1", "2"],
        "amount": ["1.00", "2.50", "x", ""],
        "note": NOTES,
    },
    "customers": {"id": CARDS, "email": EMAILS, "city": ["D", "G", ""], "balance": ["1.00", ""]},
    "products": {"sku": SKUS, "category": CATEGORIES, "price": ["1.00", "2.50"], "name": NOTES},
    "mail": {"email": EMAILS, "note": NOTES, "unwanted": CATEGORIES},
}


def texts(kind: str) -> st.SearchStrategy[str]:
    """Draw the text of a file of a kind, torn lines among it."""
    values = COLUMNS[kind].values()
    lines = st.tuples(*map(st.sampled_from, values)).map(",".join) | st.just("torn")
    head = ",".join(COLUMNS[kind])
    return st.lists(lines, max_size=5).map(lambda body: "\n".join([head, *body]) + "\n")


FILES = st.sampled_from([*COLUMNS, "orders"]).flatmap(
    lambda kind: st.tuples(st.just(kind), st.integers(1, 2), texts(kind))
)
BUILDS = st.lists(st.lists(FILES, min_size=1, max_size=3), min_size=2, max_size=3)


def state(shop: Workshop) -> list[list[tuple[object, ...]]]:
    """Return profiles, what they are found by, and the books of rows and sums."""
    return [
        shop.profiles(),
        shop.rows("from runner.identifiers order by all"),
        shop.rows("select * exclude (origin) from runner.rows order by all"),
        shop.rows("select goal, properties, amounts, profile_id from runner.sums order by all"),
    ]


KEYED = GOALS.replace("  identify:", "  key: order_id\n  identify:", 1)


@pytest.mark.thorough
@pytest.mark.parametrize("goals", [GOALS, KEYED], ids=["lines", "keyed lines"])
@settings(
    max_examples=examples(3),
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    first=st.tuples(texts("customers"), texts("products"), texts("orders")), builds=drawn(BUILDS)
)
def test_replay_gives_what_the_builds_led_to(
    run_runner: LoadedRunner,
    goals: str,
    first: tuple[str, ...],
    builds: list[list[tuple[str, int, str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shop = new_workshop(Path(folder), run_runner)
        shop.properties(PROPERTIES)
        shop.goals(goals)
        for kind, text in zip(("customers", "products", "orders"), first, strict=True):
            shop.drop(f"{kind}_1.csv", text)
        shop.build()
        for files in builds:
            for kind, number, text in files:
                shop.drop(f"{kind}_{number}.csv", text)
            shop.build()
        before = state(shop)
        shop.build()
        assert state(shop) == before
        shop.build("--full-refresh")
        assert state(shop) == before
