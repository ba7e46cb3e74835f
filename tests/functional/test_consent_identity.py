"""Rows without consent link nobody (C1, P1, P2): no new profile, no identifier, no merge."""

import pytest

from tests.functional.test_consent import STATED, content, declare
from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PROJECT = """\
name: shop
targets:
  local: {warehouse: target/warehouse.duckdb, threads: 1}
objectives: [personalization]
"""
PROPERTIES = """\
email: {identifier: true}
card: {identifier: true}
phone: {identifier: true}
name: text
"""
GOAL = """\
- name: people
  kind: import_profiles
  files: {people: "people_*.csv"}
  identify: {by: [{email: people.email}, {card: people.card}, {phone: people.phone}]}
  map:
    name: people.name
    consent.personalization: people.optin
    permission_level: people.level
"""
MERGE = GOAL.replace("phone}]}", "phone}], on_conflict: merge}")
CARDS = """\
- name: cards
  kind: import_profiles
  objectives: []
  files: {cards: "cards_*.csv"}
  identify: {by: [{email: cards.email}, {card: cards.card}], on_conflict: merge}
  map: {name: cards.name}
"""
IDENTIFIERS = "select value from runner.identifiers order by all"


@pytest.fixture
def people(shop: Workshop) -> Workshop:
    shop.write("runner_project.yml", PROJECT)
    shop.properties(PROPERTIES)
    return shop


def drop(shop: Workshop, *rows: str) -> None:
    """Drop a file of rows; their level may be left out."""
    lines = "".join(row + "," * (5 - row.count(",")) + "\n" for row in rows)
    shop.drop(f"people_{shop.drops}.csv", f"email,card,phone,name,optin,level\n{lines}")


def send(shop: Workshop, *rows: str) -> dict[str, int]:
    """Drop rows and build. Returns the outcomes."""
    drop(shop, *rows)
    shop.build()
    return shop.outcomes("shop.people")


def check_replay(shop: Workshop) -> None:
    """P6."""
    before = content(shop)
    shop.build("--full-refresh")
    assert content(shop) == before


def test_rows_without_consent_merge_nobody(people: Workshop) -> None:
    """A refusal counts for all whom a row of its person would merge, whenever that row comes."""
    declare(people, MERGE + CARDS)
    send(people, *(f"{who}@x.nl,,,{who},yes" for who in "ade"), ",7,,7,yes", ",8,,8,yes",
         ",9,,9,yes,anonymous")  # fmt: skip
    rows = "a@x.nl,,5,A,", ",7,5,A,no", ",8,,8,no", ",9,,9,no"
    assert send(people, *rows) == {"no_consent": 4}
    assert people.profiles("name") == [("7",), ("8",), ("9",), ("a",), ("d",), ("e",)]
    assert [row[0] for row in people.rows(IDENTIFIERS)] == [*"789", "a@x.nl", "d@x.nl", "e@x.nl"]
    stated = "select name, consented from consent join profiles using (profile_id) order by all"
    assert people.rows(stated) == [(name, name in "de") for name in "789ade"]
    assert send(people, "a@x.nl,,,A,", "d@x.nl,8,,D,") == {"no_consent": 2}
    people.drop("cards_1.csv", "email,card,name\ne@x.nl,9,E\n")
    rows = "a@x.nl,7,,Ann,yes", "b@x.nl,,,Bob,yes", "d@x.nl,,,Dee,"
    assert send(people, *rows) == {"created": 1, "updated": 1, "no_consent": 1}
    shown = "name, permission_level, consented from consent join profiles using (profile_id)"
    assert people.rows(f"select {shown} order by all") == [
        ("8", "personal", False),
        ("Ann", "personal", True),
        ("Bob", "personal", True),
        ("E", "anonymous", False),
        ("d", "personal", False),
    ]
    # Rows of Ann that were left out are applied: she consents now. Nobody else's are.
    stated = people.rows(f"select {shown} order by all")
    people.build()
    assert people.rows(f"select {shown} order by all") == stated
    before = content(people)
    people.build()
    assert content(people) == before
    check_replay(people)


def test_customers_whom_a_refusal_joins_are_found_without_it(people: Workshop) -> None:
    """P2 `first`: what no profile has goes to the oldest of its customer."""
    declare(people, GOAL)
    drop(people, ",7,,Anna,yes")
    send(people, "a@x.nl,,,Ann,yes")
    rows = "a@x.nl,,5,A,no", "a@x.nl,7,,A,no", ",,5,Five,yes"
    assert send(people, *rows) == {"created": 1, "no_consent": 2}
    assert people.profiles("name") == [("Ann",), ("Anna",), ("Five",)]
    assert people.rows(STATED)[:2] == [
        ("a@x.nl", "personalization", False),
        (None, "personalization", True),
    ]
    check_replay(people)


def test_refusals_do_not_count_among_those_who_share_a_value(people: Workshop) -> None:
    """P2 `max_matches`."""
    people.properties(PROPERTIES.replace("phone: {", "phone: {max_matches: 2, "))
    declare(people, GOAL)
    refused = [f"{number}@x.nl,,020,N,no" for number in range(3)]
    assert send(people, *refused, "a@x.nl,,020,Ann,yes", ",,030,Cas,yes", "c@x.nl,,030,C,yes") == {
        "no_consent": 3,
        "created": 2,
        "updated": 1,
    }
    assert people.rows(IDENTIFIERS) == [("020",), ("030",), ("a@x.nl",), ("c@x.nl",)]
    assert people.rows("select count(*) from runner.shared") == [(0,)]
    assert send(people, ",,020,Anna,yes") == {"updated": 1}
    assert people.profiles("name") == [("Anna",), ("C",)]
    check_replay(people)
