"""Files dropped over several builds (R5, P4, P6): nothing is applied twice, nothing is lost."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.ground import Ground, csv_text, ground
from tests.property.plain_import import PlainRow, PlainWarehouse, trimmed
from tests.thorough import drawn, examples

PROPERTIES = """\
customer: {identifier: true}
email: {identifier: true}
note: text
first_note: text
last_note: text
city: text
tags: {multi: true}
spent: decimal(18,2)
lines: integer
"""
GOAL = """\
- name: orders
  kind: import_profiles
  files:
    orders: orders_*.csv
    customers: {path: customers.csv, join: {id: orders.customer}, optional: true}
  identify: {by: [{customer: orders.customer}]}
  map:
    email: orders.email
    note: orders.note
    first_note: {from: orders.note, strategy: set_if_empty}
    last_note: {from: orders.note, strategy: set_or_clear}
    city: customers.city
    tags: {from: orders.tags, strategy: add}
    spent: {from: orders.amount, strategy: sum}
    lines: {value: 1, strategy: sum}
"""
BOTH = GOAL.replace(
    "{customer: orders.customer}", "{email: orders.email}, {customer: orders.customer}"
)
NAMES = ("customer", "email", "note", "first_note", "last_note", "city", "tags", "spent", "lines")
STRATEGIES = {
    "customer": "set_if_empty",
    "email": "set",
    "note": "set",
    "first_note": "set_if_empty",
    "last_note": "set_or_clear",
    "city": "set",
    "tags": "add",
    "spent": "sum",
    "lines": "sum",
}
COLUMNS = ("customer", "email", "note", "tags", "amount")
EVERYTHING = """
    select 'row', goal, row_hash::varchar, profile_id::varchar, null from runner.rows
    union all
    select 'sum', sources, line_hash::varchar, profile_id::varchar, amounts::varchar from runner.sums
    union all
    select 'identifier', identifier, value, profile_id::varchar, null from runner.identifiers
    order by all
"""

order = st.tuples(
    st.sampled_from(["", "1", "2", "3"]),
    st.sampled_from(["", "x", "y"]),
    st.sampled_from(["", "A", "B"]),
    st.sampled_from(["", "t", "u|t"]),
    st.sampled_from(["", "1", "2.50", "?"]),
)
orders = st.lists(order, max_size=6)
customers = st.dictionaries(st.sampled_from(["1", "2"]), st.sampled_from(["", "P", "Q"]))
drop = st.dictionaries(st.sampled_from(["a", "b"]), orders, min_size=1)


@dataclass(frozen=True)
class Night:
    """What the partner drops before a build."""

    orders: dict[str, list[tuple[str, ...]]]
    # None where the customers stay as they are.
    customers: dict[str, str] | None


@dataclass
class Partner:
    """Drops files, and knows what each of them holds."""

    ground: Ground
    files: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    customers: dict[str, str] | None = None
    imported: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    joined: dict[str, str] | None = None

    def drop(self, night: Night) -> None:
        """Drop the files of a night."""
        if night.customers is not None:
            self.customers = night.customers
            rows = [("id", "city"), *night.customers.items()]
            self.ground.drop("customers.csv", csv_text(rows))
        for name, rows in night.orders.items():
            self.files.pop(name, None)
            self.files[name] = rows
            self.ground.drop(f"orders_{name}.csv", csv_text([COLUMNS, *rows]))

    def sent(self) -> list[PlainRow]:
        """Return the rows that a build has to apply: those of new and changed files (F5)."""
        rows = []
        for name, content in self.files.items():
            if self.imported.get(name) != content or self.joined != self.customers:
                rows += [self._row(line) for line in content]
                self.imported.pop(name, None)
                self.imported[name] = content
        self.joined = self.customers
        return rows

    def _row(self, line: tuple[str, ...]) -> PlainRow:
        customer, email, note, tags, amount = map(trimmed, line)
        city = trimmed((self.customers or {}).get(customer or "", ""))
        texts = {
            "customer": customer,
            "email": email,
            "note": note,
            "first_note": note,
            "last_note": note,
            "city": city,
            "tags": tags,
            "spent": amount,
            "lines": "1",
        }
        whole = tuple(map(trimmed, line))
        identifiers = (("customer", customer),) if customer else ()
        return PlainRow(identifiers, texts, (whole, city), {"spent": whole, "lines": whole})


nights = st.lists(st.builds(Night, drop, st.none() | customers), min_size=1, max_size=4)


def profiles(shop: Ground) -> list[tuple[Any, ...]]:
    return shop.rows("select * from profiles order by profile_id::varchar")


def check_refresh(shop: Ground) -> None:
    """A build without news changes nothing; a full refresh gives the same (P6)."""
    before = profiles(shop), shop.rows(EVERYTHING)
    again = shop.goal(shop.build(), "orders")
    assert again.status == "unchanged"
    assert (profiles(shop), shop.rows(EVERYTHING)) == before
    shop.build(full_refresh=True)
    assert (profiles(shop), shop.rows(EVERYTHING)) == before


@settings(max_examples=examples(10), deadline=None)
@given(drawn(nights))
def test_builds_apply_every_row_in_the_order_in_which_it_was_sent(nights: list[Night]) -> None:
    with ground(PROPERTIES, GOAL) as shop:
        partner, plain = Partner(shop), PlainWarehouse(STRATEGIES)
        for night in nights:
            partner.drop(night)
            shop.build()
            plain.apply(partner.sent())
            names = ", ".join(NAMES)
            found = shop.rows(
                f"select profile_id, {names} from profiles order by profile_id::varchar"
            )
            assert found == plain.table(*NAMES)
        check_refresh(shop)


@settings(max_examples=examples(6), deadline=None)
@given(drawn(nights))
def test_full_refresh_links_rows_as_the_builds_did_that_led_there(nights: list[Night]) -> None:
    with ground(PROPERTIES, BOTH) as shop:
        partner = Partner(shop)
        for night in nights:
            partner.drop(night)
            shop.build()
        check_refresh(shop)
