"""Customers that turn out to be one over several builds: a replay ends the same (P2, P3, P6)."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.ground import Ground, csv_text, ground
from tests.thorough import drawn, examples

PROPERTIES = """\
email: {identifier: true}
card: {identifier: true}
phone: {identifier: true, max_matches: 2}
name: text
best: {type: integer, merge: highest}
first: {merge: oldest}
own: {merge: keep}
tags: {multi: true}
spent: decimal(18,2)
"""
GOAL = """\
- name: people
  kind: import_profiles
  files: {people: people_*.csv}
  identify:
    by: [{email: people.email}, {card: people.card}, {phone: people.phone}]
    on_conflict: CONFLICT
  map:
    name: people.name
    best: people.amount
    first: people.name
    own: {from: people.name, strategy: set_if_empty}
    tags: {from: people.name, strategy: add}
    spent: {from: people.amount, strategy: sum}
  events:
    - {type: interaction, at: "'2024-01-0' || people.amount", properties: {action: people.name}}
"""
EVERYTHING = """
    select 'row', goal, row_hash::varchar, profile_id::varchar from runner.rows
    union all
    select 'sum', sources, line_hash::varchar, profile_id::varchar from runner.sums
    union all
    select 'identifier', identifier, value, profile_id::varchar from runner.identifiers
    union all
    select 'alias', relation, alias_id::varchar, profile_id::varchar from runner.aliases
    union all
    select 'shared', identifier, value, customer::varchar from runner.shared
    union all
    select 'conflict', file, line::varchar, profiles::varchar from runner.conflicts
    union all
    select 'event', type, event_id, profile_id::varchar from timeline
    union all
    select 'profile', 'spent', spent::varchar, profile_id::varchar from profiles
    union all
    select 'profile', name, list_sort(tags)::varchar, profile_id::varchar from profiles
    union all
    select 'profile', own, first || best, profile_id::varchar from profiles
    order by all
"""
COLUMNS = ("email", "card", "phone", "name", "amount")
values = st.sampled_from(["", "", "1", "2", "3", "4"])
person = st.tuples(
    values, values, values, st.sampled_from(["", "x", "y", "z"]), st.sampled_from("1234")
)


@dataclass(frozen=True)
class Night:
    """The file that the partner drops before a build: a new one, or another form of one."""

    name: str
    rows: list[tuple[str, ...]]


nights = st.lists(
    st.builds(Night, st.sampled_from("abc"), st.lists(person, min_size=1, max_size=5)),
    min_size=2,
    max_size=5,
)


def check_links(shop: Ground) -> None:
    """Whatever names a profile names one that is there; what was summed is what profiles have."""
    for table in ("runner.rows", "runner.sums", "runner.identifiers", "runner.aliases", "timeline"):
        lost = f"select * from {table} anti join profiles using (profile_id)"
        assert shop.rows(lost) == [], table
    back = "select * from runner.aliases where alias_id in (select profile_id from profiles)"
    assert shop.rows(back) == []
    sums = """
        select profile_id, sum(amounts[1])::varchar from runner.sums group by all
        except
        select profile_id, spent::decimal(38, 10)::varchar from profiles
    """
    assert shop.rows(sums) == []


@pytest.mark.parametrize("on_conflict", ["merge", "reject"])
@settings(max_examples=examples(8), deadline=None)
@given(drawn(nights))
def test_full_refresh_ends_in_the_same_customers(on_conflict: str, history: list[Night]) -> None:
    with ground(PROPERTIES, GOAL.replace("CONFLICT", on_conflict)) as shop:
        for night in history:
            shop.drop(f"people_{night.name}.csv", csv_text([COLUMNS, *night.rows]))
            shop.build()
            check_links(shop)
        before = shop.rows(EVERYTHING)
        assert shop.goal(shop.build(), "people").status == "unchanged"
        assert shop.rows(EVERYTHING) == before
        shop.build(full_refresh=True)
        assert shop.rows(EVERYTHING) == before
