"""What lines give, whichever of their files came first or was corrected (R9, F9, P6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.ground import FIRST_MOMENT, Ground, csv_text, ground
from tests.thorough import drawn, examples

PARTNERS = 20
"""Partners of one run, with customers and orders of their own: each is a case."""
FILES = 3
STAGES = 3
PROPERTIES = """\
customer: {identifier: true}
kinds: {multi: true}
spent: decimal(18,2)
lines: integer
revenue: decimal(18,2)
bonus: decimal(18,2)
"""
MAP = """\
  map:
    kinds: {from: products.kind, strategy: add}
    spent: {from: items.amount, strategy: sum}
    lines: {value: 1, strategy: sum}
    revenue:
      from: "cast(items.amount as decimal(18,2)) * cast(products.price as integer)"
      strategy: sum
    bonus: {from: orders.bonus, strategy: sum}
  events:
    - type: order
      id: orders.order
      at: orders.at
      nested: {product: {line: items.number, id: items.sku}}
"""
HEAD = "- name: orders\n  kind: import_profiles\n"
IDENTIFY = "  identify: {by: [{customer: orders.customer}]}\n"
PRODUCTS = "    products: {path: products.csv, join: {sku: items.sku}}\n"
OF_ITEMS = f"""\
{HEAD}  files:
    items: {{path: "items_*.csv"FEED}}
    orders: {{path: orders.csv, join: {{order: items.order}}}}
{PRODUCTS}KEY{IDENTIFY}{MAP}"""
OF_ORDERS = f"""\
{HEAD}  files:
    orders: {{path: "orders_*.csv"FEED}}
    items: {{path: items.csv, join: {{order: orders.order}}}}
{PRODUCTS}KEY{IDENTIFY}{MAP}"""
ORDER_TYPE = "nested: {product: {identifier: line, properties: {line: text}}}\n"
STATE = (
    """
    select customer, list_sort(kinds), spent, lines, revenue, bonus
    from profiles
    where coalesce(kinds::varchar, spent::varchar, lines::varchar, bonus::varchar) is not null
    order by customer
    """,
    "select event_id, profile_id from events_order order by all",
    "select event_id, line, id from events_order_product order by all",
)
COLUMNS = {
    "items": ("number", "order", "sku", "amount"),
    "orders": ("order", "customer", "bonus", "at"),
    "products": ("sku", "kind", "price"),
}
Lines = Sequence[tuple[str, ...]]

AMOUNT = st.sampled_from(["1", "2.50", ""])
ORDER, SKU, CUSTOMER = st.sampled_from("ab"), st.sampled_from("ST"), st.sampled_from("xy")
ITEM = st.tuples(st.sampled_from("123"), ORDER, SKU, AMOUNT)
BOUGHT = st.tuples(ORDER, CUSTOMER, AMOUNT, st.just("2024-01-01"))
PRODUCT = st.tuples(SKU, st.sampled_from(["k", "l", ""]), st.sampled_from("12"))


def _unique(line: st.SearchStrategy[tuple[str, ...]], most: int) -> st.SearchStrategy[Lines]:
    """Draw lines of which no two have the same first value."""
    return st.lists(line, max_size=most, unique_by=lambda values: values[0])


@dataclass(frozen=True)
class History:
    """What a partner sends."""

    # Of each main file its lines, and what it held before it was corrected.
    main: Sequence[tuple[Lines, Lines]]
    # Of each chained source its lines at each stage.
    chained: Mapping[str, Sequence[Lines]]


def histories(main: str) -> st.SearchStrategy[list[History]]:
    """Draw a history for each partner; `main` is the main source."""
    lines = {
        "items": _unique(ITEM, 3),
        "orders": _unique(BOUGHT, 2),
        "products": _unique(PRODUCT, 2),
    }
    files = st.lists(st.tuples(lines[main], lines[main]), min_size=FILES, max_size=FILES)
    chained = {
        name: st.lists(drawn, min_size=STAGES, max_size=STAGES)
        for name, drawn in lines.items()
        if name != main
    }
    history = st.builds(History, files, st.fixed_dictionaries(chained))
    return st.lists(history, min_size=PARTNERS, max_size=PARTNERS)


arrivals = st.tuples(*[st.integers(0, STAGES - 1)] * FILES)
"""The stage at which each main file arrives."""


def text(source: str, partners: Sequence[Lines]) -> str:
    """Return a file with the lines of all partners: names are theirs alone."""
    named = [name in ("number", "order", "sku", "customer") for name in COLUMNS[source]]
    rows = [
        tuple(f"{value}-{number}" if own else value for value, own in zip(line, named, strict=True))
        for number, lines in enumerate(partners)
        for line in lines
    ]
    return csv_text([COLUMNS[source], *rows])


@dataclass(frozen=True)
class Sender:
    """Sends the files of all partners."""

    shop: Ground
    main: str
    partners: Sequence[History]

    def send_main(self, number: int, is_corrected: bool) -> None:
        """Send a main file as it is at last, or as it was before."""
        lines = [history.main[number][0 if is_corrected else 1] for history in self.partners]
        self.shop.moment = FIRST_MOMENT + 600 * number + 60 * is_corrected
        self.shop.drop(f"{self.main}_{number}.csv", text(self.main, lines))

    def send_chained(self, stage: int) -> None:
        """Send the chained files as they are at a stage."""
        for source in self.partners[0].chained:
            lines = [history.chained[source][stage] for history in self.partners]
            self.shop.moment = FIRST_MOMENT + 10_000 + 60 * stage
            self.shop.drop(f"{source}.csv", text(source, lines))


def check(goal: str, main: str, partners: Sequence[History], arrival: Sequence[int]) -> None:
    """Compare builds at every stage with one build of the last state, and with a full refresh."""
    is_corrected = "feed: full" in goal
    with ground(PROPERTIES, goal, {"order": ORDER_TYPE}) as shop:
        sender = Sender(shop, main, partners)
        sender.send_chained(STAGES - 1)
        for number in range(FILES):
            sender.send_main(number, True)
        shop.build()
        one_build = shop.all_rows(STATE)
    with ground(PROPERTIES, goal, {"order": ORDER_TYPE}) as shop:
        sender = Sender(shop, main, partners)
        for stage in range(STAGES):
            sender.send_chained(stage)
            for number, first in enumerate(arrival):
                if first == stage:
                    sender.send_main(number, not is_corrected or stage == STAGES - 1)
                elif is_corrected and first < stage == STAGES - 1:
                    sender.send_main(number, True)
            shop.build()
        builds = shop.all_rows(STATE)
        assert builds == one_build
        shop.build(full_refresh=True)
        assert shop.all_rows(STATE) == builds


@settings(max_examples=examples(3), deadline=None)
@given(drawn(histories("items")), arrivals, st.booleans())
def test_chained_orders_decide_whose_the_items_are(
    partners: list[History], arrival: Sequence[int], is_full: bool
) -> None:
    check(declared(OF_ITEMS, "  key: items.number\n", is_full), "items", partners, arrival)


@settings(max_examples=examples(3), deadline=None)
@given(drawn(histories("orders")), arrivals, st.booleans())
def test_chained_items_are_summed_for_whom_ordered_them(
    partners: list[History], arrival: Sequence[int], is_full: bool
) -> None:
    check(declared(OF_ORDERS, "  key: orders.order\n", is_full), "orders", partners, arrival)


def declared(goal: str, key: str, is_full: bool) -> str:
    """Return a goal whose main lines replace others: by their file, or by their key."""
    feed, own = (", feed: full", "") if is_full else ("", key)
    return goal.replace("FEED", feed).replace("KEY", own)
