"""Rows without consent link nobody (C1, P1, P2): no new profile, no identifier, no merge."""

import pytest

from tests.functional.test_consent import STATED, content, declare
from tests.functional.workshop import Workshop

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
  map: {name: people.name, consent.personalization: people.optin}
"""
MERGE = GOAL.replace("phone}]}", "phone}], on_conflict: merge}")
IDENTIFIERS = "select value from runner.identifiers order by all"


@pytest.fixture
def people(shop: Workshop) -> Workshop:
    shop.write("runner_project.yml", PROJECT)
    shop.properties(PROPERTIES)
    return shop


def send(shop: Workshop, *rows: str) -> dict[str, int]:
    """Drop rows, build, and once more: nothing may change. Returns the outcomes."""
    lines = "".join(f"{row}\n" for row in ("email,card,phone,name,optin", *rows))
    shop.drop(f"people_{shop.drops}.csv", lines)
    shop.build()
    outcomes = shop.outcomes("shop.people")
    before = content(shop)
    shop.build()
    assert content(shop) == before
    return outcomes


def check_replay(shop: Workshop) -> None:
    """P6."""
    before = content(shop)
    shop.build("--full-refresh")
    assert content(shop) == before


def test_refusal_merges_nobody_and_counts_for_all_whom_it_would_merge(people: Workshop) -> None:
    declare(people, MERGE)
    send(people, "a@x.nl,,,Ann,yes", ",7,,Anna,yes")
    assert send(people, "a@x.nl,,5,A,", ",7,5,A,no") == {"no_consent": 2}
    assert people.profiles("name") == [("Ann",), ("Anna",)]
    assert people.rows(IDENTIFIERS) == [("7",), ("a@x.nl",)]
    assert people.rows("select consented from consent") == [(False,), (False,)]
    assert send(people, "a@x.nl,,,Ann,") == {"no_consent": 1}
    assert send(people, "a@x.nl,7,,Ann,yes", "b@x.nl,,,Bob,yes") == {"created": 1, "updated": 1}
    assert people.profiles("name") == [("Ann",), ("Bob",)]
    assert people.rows(STATED) == [
        ("a@x.nl", "personalization", True),
        ("b@x.nl", "personalization", True),
    ]
    check_replay(people)


def test_silence_about_who_refused_merges_nobody_and_says_nothing(people: Workshop) -> None:
    declare(people, MERGE)
    send(people, "a@x.nl,,,Ann,yes", ",7,,Anna,yes")
    send(people, ",7,,Anna,no")
    assert send(people, "a@x.nl,7,,A,") == {"no_consent": 1}
    assert people.profiles("name") == [("Ann",), ("Anna",)]
    assert people.rows("select email, consented from consent join profiles using (profile_id)"
                       " order by all") == [("a@x.nl", True), (None, False)]  # fmt: skip
    assert send(people, "a@x.nl,,,Ann-Marie,") == {"updated": 1}
    check_replay(people)


def test_customers_whom_a_refusal_joins_are_found_without_it(people: Workshop) -> None:
    """P2 `first`: what no profile has goes to the oldest of its customer."""
    declare(people, GOAL)
    send(people, ",7,,Anna,yes")
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
