"""Generated histories of a partner who sends, corrects, withdraws, renames and re-sends files.

Several partners, each with customers, orders and files of its own, share one project: none of
them sees another, so that one run of builds is as many histories as there are partners.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from runner.orchestrate.rollback import roll_back
from runner.workspace.workspace import open_workspace
from tests.property.ground import Ground, csv_text

PARTNERS = 20
"""Partners of one run, each of which is a history."""

PROPERTIES = """\
customer: {identifier: true}
note: text
first_note: text
last_note: text
kind: text
tags: {multi: true}
kinds: {multi: true}
spent: decimal(18,2)
lines: integer
revenue: decimal(18,2)
score: integer
refused: integer
"""
ORDER_TYPE = """\
properties: {note: text}
nested: {product: {identifier: line, properties: {line: text, quantity: integer}}}
"""
GOALS = """\
- name: orders
  kind: import_profiles
  done_suffix: true
  files:
    orders: "orders_*.csv"
    products: {path: "products_*.csv", join: {sku: orders.sku}, optional: true}
  key: orders.number
  deleted_when: "orders.status = 'deleted'"
  identify: {by: [{customer: orders.customer}]}
  map:
    note: orders.note
    first_note: {from: orders.note, strategy: set_if_empty}
    last_note: {from: orders.note, strategy: set_or_clear}
    kind: products.kind
    tags: {from: orders.tags, strategy: add}
    kinds: {from: products.kind, strategy: add}
    spent: {from: orders.amount, strategy: sum}
    lines: {value: 1, strategy: sum}
    revenue:
      from: "try_cast(orders.amount as decimal(18,2)) * cast(products.price as integer)"
      strategy: sum
  events:
    - type: order
      id: orders.order
      at: orders.at
      properties: {note: orders.note}
      nested: {product: {line: orders.number, id: orders.sku, quantity: orders.status}}
      product_store: true
    - type: interaction
      at: orders.at
      properties: {interaction: orders.sku, channel: orders.note}
- name: members
  kind: import_profiles
  files: {members: "members_*.csv"}
  identify: {by: [{customer: members.customer}]}
  map:
    note: members.note
    tags: {from: members.tags, strategy: add}
    score: {from: members.score, strategy: sum}
- name: refusals
  kind: import_profiles
  files: {refusals: "refusals_*.csv"}
  identify: {create_profiles: false, by: [{customer: refusals.customer}]}
  map:
    tags: {from: refusals.tags, strategy: remove}
    refused: {value: 1, strategy: sum}
"""
EDITS = (
    ("  key: orders.number\n  deleted_when: \"orders.status = 'deleted'\"\n", ""),
    ("tags: {from: orders.tags, strategy: add}", "tags: {from: orders.note, strategy: add}"),
    ("    kinds: {from: products.kind, strategy: add}\n", ""),
    ("    spent: {from: orders.amount, strategy: sum}\n", ""),
    ("lines: {value: 1,", "lines: {value: 2,"),
    ("id: orders.order", "id: orders.number"),
    ("score: {from: members.score", "score: {value: 3"),
    ("orders.status}}", "orders.amount}}"),
    ("tags: {from: members.tags, strategy: add}", "tags: {from: members.note, strategy: add}"),
)
"""Changes of the definitions: what stands there, and what then stands in its place."""
ALL = range(len(EDITS))
THAT_KEEP_PEOPLE = ALL[1:]
"""Those that change nothing in who is found: a withdrawn line makes no profile."""

DAY = "2024-01-0"
# The columns of each kind of file, and the values that they draw from; `@` is the partner.
COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "orders": {
        "number": ("@1", "@2", "@3", ""),
        "order": ("@a", "@b", ""),
        "customer": ("@x", "@y", ""),
        "sku": ("@S", "@T"),
        "amount": ("1.00", "2.50", "-1.00", "?", ""),
        "tags": ("t", "u|t", ""),
        "note": ("A", "B", ""),
        "at": (f"{DAY}1", f"{DAY}2", ""),
        "status": ("", "1", "deleted"),
    },
    "products": {"sku": ("@S", "@T"), "kind": ("k", "l", ""), "price": ("1", "2")},
    "members": {
        "customer": ("@x", "@y", "@z"),
        "note": ("A", "C", ""),
        "tags": ("t", "v"),
        "score": ("1", "-1", "0", ""),
    },
    "refusals": {"customer": ("@x", "@y"), "tags": ("t", "u", "v")},
}
DEEDS = ("drop",) * 5 + ("send again", "rename", "take away")


@dataclass(frozen=True)
class Deed:
    """What a partner does with one of its files before a build."""

    deed: str
    kind: str
    number: int
    # Each line as the number of a combination of values.
    lines: tuple[int, ...]

    def text(self, partner: int) -> str:
        """Return the content of the file."""
        columns = COLUMNS[self.kind]
        rows = [tuple(columns)]
        for line in self.lines:
            row, left = [], line
            for values in columns.values():
                left, location = divmod(left, len(values))
                row.append(values[location].replace("@", f"{partner}"))
            rows.append(tuple(row))
        return csv_text(rows)


@dataclass(frozen=True)
class Day:
    """What happens before and after one build."""

    # One entry per partner.
    deeds: tuple[tuple[Deed, ...], ...]
    # Numbers of EDITS that hold from now on; None where the definitions stay.
    edits: frozenset[int] | None
    rolls_back: bool


def _combinations(kind: str) -> int:
    count = 1
    for values in COLUMNS[kind].values():
        count *= len(values)
    return count


def _deeds(kind: str) -> st.SearchStrategy[Deed]:
    lines = st.lists(st.integers(0, _combinations(kind) - 1), min_size=1, max_size=4)
    return st.builds(
        Deed, st.sampled_from(DEEDS), st.just(kind), st.integers(1, 2), lines.map(tuple)
    )


def days(edits: Sequence[int] = ()) -> st.SearchStrategy[list[Day]]:
    """Draw what happens before and after each of two or three builds; `edits` are of EDITS."""
    kinds = st.sampled_from(("orders",) * 4 + ("members", "refusals") * 2 + ("products",))
    deeds = st.lists(kinds.flatmap(_deeds), max_size=2).map(tuple)
    edited_to = st.frozensets(st.sampled_from(edits), max_size=3) if edits else st.none()
    all_deeds = st.tuples(*[deeds] * PARTNERS)
    rolls_back = st.sampled_from((False, False, False, True))
    day = st.builds(Day, all_deeds, edited_to, rolls_back)
    return st.lists(day, min_size=2, max_size=3)


@dataclass
class Partners:
    """The partners of a project, and the files that they know of."""

    shop: Ground
    sent: dict[str, str] = field(default_factory=dict)
    # Goals beside those of the partners.
    exports: str = ""

    def live(self, day: Day) -> None:
        """Do what all partners do on a day, build, and perhaps roll back."""
        self.act(day)
        self.shop.build()
        self.end(day)

    def act(self, day: Day) -> None:
        """Do what all partners do on a day, and edit the definitions."""
        for partner, deeds in enumerate(day.deeds):
            for deed in deeds:
                self._do(partner, deed)
        if day.edits is not None:
            self.shop.define(edited(day.edits) + self.exports)

    def end(self, day: Day) -> None:
        """Roll the build of a day back, where that happens on it."""
        kept = self.shop.folder / "target/kept"
        if day.rolls_back and any(kept.rglob("*.duckdb")):
            roll_back(open_workspace(self.shop.folder), None)

    def _do(self, partner: int, deed: Deed) -> None:
        name = f"{deed.kind}_{partner}_{deed.number}.csv"
        file = self.shop.folder / "drop" / name
        if deed.deed == "drop" or name not in self.sent:
            self.sent[name] = deed.text(partner)
            self.shop.drop(name, self.sent[name])
        elif deed.deed == "send again":
            self.shop.drop(name, self.sent[name])
        elif file.exists():
            if deed.deed == "rename":
                file.replace(file.with_name(name.replace(".csv", "_renamed.csv")))
            else:
                file.unlink()


def edited(edits: frozenset[int]) -> str:
    """Return the goals with some changes of their definition."""
    goals = GOALS
    for number in sorted(edits):
        goals = goals.replace(*EDITS[number])
    return goals


WHOLE = (
    "from profiles order by profile_id::varchar",
    "from runner.identifiers order by all",
    "select * exclude (origin) from runner.rows order by all",
    "select * exclude (origin) from runner.sums order by all",
    "from runner.additions order by all",
    "from runner.keys order by all",
    "from events_order order by event_id",
    "from events_order_product order by event_id, position",
    "from events_interaction order by event_id",
    "select * exclude (origin) from runner.events order by all",
    "from runner.event_lineage order by all",
    "from products order by product_id",
)
SUMS = "refused, spent, lines, revenue, score"
GIVEN = (
    f"""
    select profile_id, customer, list_sort(tags), list_sort(kinds), {SUMS}
    from profiles
    order by profile_id
    """,
    *WHOLE[1:4],
    """
    select goal, property, profile_id, row_hash, list_sort(items)
    from runner.additions
    order by all
    """,
    *WHOLE[5:],
)
"""What is taken back when a definition changes: `set` and its like are not."""
ALMOST = (
    """
    select customer, list_sort(tags), list_sort(kinds), spent, lines, revenue, score
    from profiles
    where coalesce(tags::varchar, kinds::varchar, spent::varchar, lines::varchar,
        revenue::varchar, score::varchar) is not null
    order by customer
    """,
    "select * exclude (origin) from runner.rows where goal != 'shop.refusals' order by all",
    "select * exclude (origin) from runner.sums where goal != 'shop.refusals' order by all",
    *GIVEN[4:],
)
"""The same where definitions differ in whom they find: profiles stay, and others found them."""


def state(shop: Ground, queries: tuple[str, ...]) -> dict[str, list[tuple[Any, ...]]]:
    """Return what a warehouse holds, by query."""
    return dict(zip(queries, shop.all_rows(queries), strict=True))
