"""Events of all types, with their nested lists as JSON."""

import json

from tests.unit.sql.goals import BASKETS
from tests.unit.sql.table import profile_id


def test_event_is_shown_with_its_items_in_their_order() -> None:
    bench = BASKETS.workbench
    assert bench.execute("select * from main.timeline").fetchall() == []
    bench.execute("begin")
    person = profile_id(1)
    bench.execute(
        f"insert into main.events_basket (event_id, profile_id, occurred_at, shop) values"
        f" ('A', '{person}', '2024-01-01', 'web'), ('B', '{person}', '2024-01-02', null)"
    )
    bench.execute(
        f"insert into main.events_basket_line (event_id, profile_id, position, sku) values"
        f" ('A', '{person}', 2, 'y'), ('A', '{person}', 1, 'x')"
    )
    found = bench.execute("select type, event_id, details from main.timeline order by 2").fetchall()
    bench.execute("rollback")
    shown = {event: json.loads(details) for kind, event, details in found if kind == "basket"}
    assert shown["A"]["shop"] == "web"
    assert [(item["position"], item["sku"]) for item in shown["A"]["line"]] == [(1, "x"), (2, "y")]
    assert shown["B"]["line"] == []
