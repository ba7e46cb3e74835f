"""The books of any import balance, and it does what the rules say (R1 to R7, P1, P3, P4)."""

from collections import Counter
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from runner.result import NodeResult
from tests.property.ground import Ground, csv_text, ground
from tests.property.plain_import import PlainRow, PlainWarehouse, number, trimmed
from tests.thorough import drawn, examples

PROPERTIES = """\
customer: {identifier: true}
email: {identifier: true}
note: text
first_note: text
last_note: text
city: text
tags: {multi: true}
areas: {multi: true}
spent: decimal(18,2)
lines: integer
balance: decimal(18,2)
"""
GOALS = """\
- name: members
  kind: import_profiles
  files: {members: members.csv}
  identify: {by: [{customer: members.customer}]}
  map: {tags: {from: members.tags, strategy: add}}
- name: orders
  kind: import_profiles
  files:
    orders: orders_*.csv
    customers: {path: customers.csv, join: {id: orders.customer}}
    areas: {path: areas.csv, join: {code: customers.code}, format: {separator: ";"}}
  identify: {by: [{email: customers.email}, {customer: orders.customer}]}
  map:
    note: orders.note
    first_note: {from: orders.note, strategy: set_if_empty}
    last_note: {from: orders.note, strategy: set_or_clear}
    city: areas.city
    areas: {from: areas.city, strategy: add}
    tags: {from: orders.tags, strategy: remove}
    spent: {from: orders.amount, strategy: sum}
    lines: {value: 1, strategy: sum}
    balance: {from: customers.balance, strategy: sum}
"""
STRATEGIES = {
    "customer": "set_if_empty",
    "email": "set_if_empty",
    "note": "set",
    "first_note": "set_if_empty",
    "last_note": "set_or_clear",
    "city": "set",
    "areas": "add",
    "tags": "remove",
    "spent": "sum",
    "lines": "sum",
    "balance": "sum",
}
ORDERS = ("customer", "note", "tags", "amount")
CUSTOMERS = ("id", "email", "code", "balance")
AREAS = ("code", "city")

keys = st.sampled_from(["", "1", "2", "3", " 4 ", "é|", 'q"q'])
texts = st.sampled_from(
    ["", " ", "a", "A", "b ", 'say "hi"', "x,y", "x;y", "l1\nl2", "naïve 漢", "'", "NULL"]
)
emails = st.sampled_from(["", "e@x", "f@x", "g@x"])
codes = st.sampled_from(["", "10", "20", "30"])
amounts = st.sampled_from(["", "0", "1.50", "-2", "+3.", ".5", "1,5", "abc", "1 2", "--1"])
tags = st.sampled_from(["", "t", "u|t", " u | ", "||"])


@dataclass(frozen=True)
class Line:
    """A line as it stands in the file: values, or what is no record."""

    values: tuple[str, ...]
    # record, blank, short (a field too few) or long (one too many).
    kind: str = "record"

    def fields(self) -> list[str]:
        """Return the fields that are written."""
        if self.kind == "short":
            return list(self.values[:-1])
        return [*self.values, "surplus"] if self.kind == "long" else list(self.values)


def lines(*columns: st.SearchStrategy[str], most: int = 8) -> st.SearchStrategy[list[Line]]:
    kinds = st.sampled_from(["record"] * 12 + ["blank", "short", "long"])
    return st.lists(st.builds(Line, st.tuples(*columns), kinds), max_size=most)


@dataclass(frozen=True)
class Drop:
    """All that is in the drop folder."""

    members: list[Line]
    orders: list[list[Line]]
    customers: list[Line]
    areas: list[Line]
    line_end: str


drops = st.builds(
    Drop,
    lines(keys, tags, most=3),
    st.lists(lines(keys, texts, tags, amounts), min_size=1, max_size=2),
    lines(keys, emails, codes, amounts, most=6),
    lines(codes, texts, most=4),
    st.sampled_from(["\n", "\r\n"]),
)


def written(header: tuple[str, ...], body: list[Line], line_end: str, separator: str = ",") -> str:
    text = csv_text([header], separator, line_end)
    for line in body:
        row = [line.fields()] if line.kind != "blank" else [[]]
        text += csv_text(row, separator, line_end)
    return text


def records(body: list[Line]) -> list[tuple[str | None, ...]]:
    return [tuple(map(trimmed, line.values)) for line in body if line.kind == "record"]


def drop_all(shop: Ground, drop: Drop) -> dict[str, tuple[str, list[Line]]]:
    """Drop the files; returns the text and lines of each."""
    files = {
        "areas.csv": (written(AREAS, drop.areas, drop.line_end, ";"), drop.areas),
        "customers.csv": (written(CUSTOMERS, drop.customers, drop.line_end), drop.customers),
        "members.csv": (written(("customer", "tags"), drop.members, drop.line_end), drop.members),
    }
    for order, body in enumerate(drop.orders):
        files[f"orders_{order}.csv"] = (written(ORDERS, body, drop.line_end), body)
    for name, (text, _) in files.items():
        shop.drop(name, text)
    return files


@dataclass
class Expected:
    """What the rules make of a drop."""

    warehouse: PlainWarehouse
    outcomes: dict[str, Counter[str]]
    # Source -> lines that a joined row refers to, and rows whose key finds none.
    used: dict[str, int]
    missing: dict[str, int]
    rejected_values: int


def expected(drop: Drop) -> Expected:
    """Join, link and fold the records one by one."""
    warehouse = PlainWarehouse({"customer": "set_if_empty", "tags": "add"})
    members = [
        PlainRow(
            _known(("customer", customer)), {"customer": customer, "tags": held}, (customer, held)
        )
        for customer, held in records(drop.members)
    ]
    outcomes = {"members": warehouse.apply(members)}
    warehouse.strategies, warehouse.known = STRATEGIES, {}
    orders = [line for body in drop.orders for line in records(body)]
    customers, areas = records(drop.customers), records(drop.areas)
    used: dict[str, set[int]] = {"customers": set(), "areas": set()}
    missing: dict[str, set[str | None]] = {"customers": set(), "areas": set()}
    bad: set[tuple[str, int]] = set()
    rows = []
    for number_of_order, order in enumerate(orders):
        for c, customer in _partners(customers, order[0], used["customers"], missing, "customers"):
            for _, area in _partners(areas, customer[2], used["areas"], missing, "areas"):
                rows.append(_row(order, customer, area))
                if rows[-1].identifiers:
                    bad |= {("spent", number_of_order)} if _is_bad(order[3]) else set()
                    bad |= {("balance", c)} if _is_bad(customer[3]) else set()
    outcomes["orders"] = warehouse.apply(rows)
    return Expected(
        warehouse,
        outcomes,
        {"orders": len(orders), **{name: len(found) for name, found in used.items()}},
        {"orders": 0, **{source: len(keys) for source, keys in missing.items()}},
        len(bad),
    )


def _is_bad(text: str | None) -> bool:
    return text is not None and number(text) is None


def _known(*identifiers: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in identifiers if value is not None)


def _partners(
    body: list[tuple[str | None, ...]],
    key: str | None,
    used: set[int],
    missing: dict[str, set[str | None]],
    source: str,
) -> list[tuple[int, tuple[str | None, ...]]]:
    """Return the lines that a key finds, or one without values (R3)."""
    found = [(n, line) for n, line in enumerate(body) if key is not None and line[0] == key]
    used.update(n for n, _ in found)
    if not found and key is not None:
        missing[source].add(key)
    return found or [(-1, (None,) * 4)]


def _row(
    order: tuple[str | None, ...], customer: tuple[str | None, ...], area: tuple[str | None, ...]
) -> PlainRow:
    texts = {
        "email": customer[1],
        "customer": order[0],
        "note": order[1],
        "first_note": order[1],
        "last_note": order[1],
        "city": area[1],
        "areas": area[1],
        "tags": order[2],
        "spent": order[3],
        "lines": "1",
        "balance": customer[3],
    }
    return PlainRow(
        _known(("email", customer[1]), ("customer", order[0])),
        texts,
        (order, customer, area[1]),
        {"spent": order, "lines": order, "balance": customer},
    )


def check_books(result: NodeResult, files: dict[str, tuple[str, list[Line]]]) -> None:
    """Every line of every file has one fate (R7)."""
    for book in result.files:
        text, body = files[book.path]
        kinds: Counter[str] = Counter()
        for line in body:
            kinds[line.kind] += csv_text([line.fields()]).count("\n") if line.kind != "blank" else 1
        record_count = sum(line.kind == "record" for line in body)
        assert book.lines == text.count("\n")
        assert (book.records, book.blank) == (record_count, kinds["blank"])
        assert book.rejected == kinds["short"] + kinds["long"]
        assert book.lines == book.header + kinds["record"] + book.blank + book.rejected


@settings(max_examples=examples(20), deadline=None)
@given(drawn(drops))
def test_any_files_are_imported_by_the_rules_and_their_books_balance(drop: Drop) -> None:
    with ground(PROPERTIES, GOALS) as shop:
        files = drop_all(shop, drop)
        build = shop.build()
        plain = expected(drop)
        for goal in ("members", "orders"):
            result = shop.goal(build, goal)
            assert dict(result.outcomes) == dict(plain.outcomes[goal])
            assert sum(result.outcomes.values()) == result.rows
            check_books(result, files)
        orders = shop.goal(build, "orders")
        assert {link.source: link.used for link in orders.links} == plain.used
        assert {link.source: link.missing for link in orders.links} == plain.missing
        rejected_lines = sum(book.rejected for book in orders.files)
        rejected = shop.rows("select count(*) from runner.rejects where goal = 'shop.orders'")
        told = sum(line.kind in ("short", "long") for line in drop.customers + drop.areas)
        told += sum(line.kind in ("short", "long") for body in drop.orders for line in body)
        assert rejected == [(plain.rejected_values + told,)]
        assert orders.rejects == plain.rejected_values + rejected_lines
        names = tuple(STRATEGIES)
        found = shop.rows(
            f"select profile_id, {', '.join(names)} from profiles order by profile_id::varchar"
        )
        assert found == plain.warehouse.table(*names)
