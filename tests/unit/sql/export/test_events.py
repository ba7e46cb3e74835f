"""Events, and nested items, of the members of an export."""

from tests.unit.sql.export_bench import export_bench

GOAL = """
kind: export_profiles
segment: vip
file_name: all.csv
events: {types: [visit], period: {from: 2024-02-01, to: 2024-02-29}}
columns:
  - {header: EMAIL, property: email}
"""
EVENTS = """
event_id | profile_id | occurred_at         | page
before   | p1         | 2024-01-31 23:59:59 | x
first    | p1         | 2024-02-01 00:00:00 | x
last     | p1         | 2024-02-29 23:59:59 | =y
after    | p1         | 2024-03-01 00:00:00 | x
other    | p2         | 2024-02-10 00:00:00 | x
"""


def test_events_of_members_in_the_period_are_sent() -> None:
    export_bench(GOAL).expect(
        "events_visit",
        {"lines": "key\np1", "main.events_visit": EVENTS},
        """
        profile_id | event_id | occurred_at         | page
        p1         | first    | 2024-02-01 00:00:00 | x
        p1         | last     | 2024-02-29 23:59:59 | =y
        """,
    )


def test_items_have_the_time_of_their_event() -> None:
    items = """
    event_id | profile_id | position | sku
    first    | p1         | 2        | b
    first    | p1         | 1        | a
    after    | p1         | 1        | c
    """
    export_bench(GOAL).expect(
        "events_visit_item",
        {"lines": "key\np1", "main.events_visit": EVENTS, "main.events_visit_item": items},
        "event_id | position | sku\nfirst | 1 | a\nfirst | 2 | b",
    )
