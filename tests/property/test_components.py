"""Rows that share an identifier value are one customer (P1)."""

from collections.abc import Hashable

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.property.ground import csv_text, ground
from tests.thorough import drawn, examples

PROPERTIES = """\
email: {identifier: true}
phone: {identifier: true}
card: {identifier: true}
"""
GOAL = """\
- name: people
  kind: import_profiles
  files: {people: people.csv}
  identify: {by: [{email: people.email}, {phone: people.phone}, {card: people.card}]}
"""
Person = tuple[str, str, str]
values = st.sampled_from(["", "", *map(str, range(12))])
people = st.lists(st.tuples(values, values, values), min_size=1, max_size=25)
# Each shares a value with the next: one customer, from end to end.
CHAIN = [(str(n), str(n + 1), "") if n % 2 else (str(n + 1), str(n), "") for n in range(70)]
STAR = [("hub", str(n), str(n % 3)) for n in range(40)]


def partition(rows: list[Person]) -> set[frozenset[int]]:
    """Return the rows of each customer, by union and find."""
    parent: dict[Hashable, Hashable] = {}

    def root(node: Hashable) -> Hashable:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value:
                parent[root((column, value))] = root(number)
    groups: dict[Hashable, set[int]] = {}
    for number, row in enumerate(rows):
        if any(row):
            groups.setdefault(root(number), set()).add(number)
    return {frozenset(group) for group in groups.values()}


@settings(max_examples=examples(15), deadline=None)
@given(drawn(people))
@example(CHAIN)
@example(CHAIN[::-1])
@example(STAR)
def test_customers_are_the_connected_components_of_their_identifiers(rows: list[Person]) -> None:
    rows = list(dict.fromkeys(rows))
    with ground(PROPERTIES, GOAL) as shop:
        shop.drop("people.csv", csv_text([("email", "phone", "card"), *rows]))
        result = shop.goal(shop.build(), "people")
        found: dict[str, set[int]] = {}
        for line, profile in shop.rows("select origin % 4294967296, profile_id from runner.rows"):
            found.setdefault(str(profile), set()).add(line - 2)
    expected = partition(rows)
    assert {frozenset(group) for group in found.values()} == expected
    assert result.profiles_created == result.outcomes.get("created", 0) == len(expected)
