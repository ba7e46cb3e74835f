"""`runner forget` in what runner notes beside profiles: keys, shared values, told events (C2)."""

import pytest

from tests.functional.erasure import canaries_in, receipt
from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
email: {identifier: true, pii: true, max_matches: 1}
card: {identifier: true}
spent: decimal
tags: {multi: true}
"""
GOAL = """\
- name: orders
  kind: import_profiles
  key: orders.id
  files: {orders: orders.csv}
  identify: {by: [{card: orders.card}, {email: orders.email}]}
  map:
    spent: {from: orders.amount, strategy: sum}
    tags: {from: orders.tag, strategy: add}
  events:
    - type: order
      id: orders.id
      at: orders.at
      properties: {total_revenue: orders.amount}
"""
HEAD = "id,card,email,amount,tag,at\n"
LINES = """\
o1,CARD-4711,shared@x.nl,10,canarytag,2024-01-01 10:00:00
o2,CARD-0002,shared@x.nl,20,tag,2024-01-02 10:00:00
o3,CARD-0003,b@x.nl,5,tag,2024-01-03 10:00:00
"""
NOTES = ("rows", "identifiers", "sums", "events", "keys", "additions", "event_lineage", "shared")


def notes(shop: Workshop) -> dict[str, int]:
    """Return how many rows the tables of notes have."""
    return {name: shop.rows(f"select count(*) from runner.{name}")[0][0] for name in NOTES}


@pytest.mark.both_engines
def test_notes_of_a_person_go_and_those_of_others_stay(shop: Workshop) -> None:
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    shop.drop("orders.csv", HEAD + LINES)
    shop.build()
    assert shop.rows("select count(*) from profiles") == [(3,)]
    assert notes(shop)["shared"] > 0
    receipt(shop, "card=CARD-4711")
    assert canaries_in(shop.folder / "target", ("CARD-4711", "canarytag")) == {}
    before = notes(shop), shop.profiles(), shop.rows("from events_order order by all")
    assert shop.rows("select event_id from events_order order by all") == [("o2",), ("o3",)]
    # None of the tables remembers more than a warehouse that never knew the person.
    shop.build("--full-refresh")
    after = notes(shop), shop.profiles(), shop.rows("from events_order order by all")
    for name in NOTES:
        if name not in ("shared", "identifiers"):
            assert before[0][name] == after[0][name], name
    assert before[2] == after[2]
    assert shop.outcomes("shop.orders") == {"created": 2}
