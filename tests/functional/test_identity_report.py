"""`runner identity`: what holds customers together."""

import json
from typing import Any

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
email: {identifier: true, pii: true}
card: {identifier: true, ignore: [None], min_length: 2}
phone: {identifier: true, max_matches: 2, pii: true}
household: {group: household}
"""
PEOPLE = """\
- name: rows
  kind: import_profiles
  files: {rows: "rows_*.csv"}
  identify:
    by: [{email: rows.email}, {card: rows.card}, {phone: rows.phone}]
    on_conflict: reject
"""
HOUSES = """\
- name: houses
  kind: import_groups
  group_type: household
  files: {rows: houses.csv}
  identify: {by: [{id: rows.id}]}
"""
HEAD = "email,card,phone\n"
IGNORED = (
    "2 rows have a value of `card` that identifies no one, by its `ignore` or `min_length`: the"
    " first is rows_1.csv:13;"
)


def identity(shop: Workshop, *arguments: str) -> dict[str, Any]:
    ended = shop.run("identity", "--json", *arguments)
    assert ended.code == 0, ended.told
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_report_shows_what_holds_profiles_and_groups_together(shop: Workshop) -> None:
    """The largest, conflicts, merged profiles and shared values; personal values are masked."""
    shop.properties(PROPERTIES)
    shop.write("models/groups/household.yml", "properties: {id: {identifier: true}}\n")
    shop.goals(PEOPLE + HOUSES)
    large = [f"a{number}@x.nl,c1," for number in range(5)]
    shared = [f"{name}@x.nl,,{'020' if name in 'pqr' else '030'}" for name in "pqrst"]
    shop.drop(
        "rows_1.csv",
        HEAD + "\n".join([*large, *shared, "bert@x.nl,c2,", "k@x.nl,none,", "l@x.nl,0,\n"]),
    )
    shop.drop("houses.csv", "id\nh1\nh2\n")
    assert IGNORED in " ".join(shop.run("build").told.split())
    found = identity(shop, "--limit", "1")
    counts = ("noun", "profiles", "aliases", "conflicts")
    assert [found[name] for name in counts] == ["profile", 8, 0, 0]
    assert found["identifiers"] == [
        {"identifier": "card", "values": 2, "profiles": 2, "most": 1},
        {"identifier": "email", "values": 13, "profiles": 8, "most": 5},
        {"identifier": "phone", "values": 1, "profiles": 1, "most": 1},
    ]
    fused = {"identifier": "email", "value": "x9@x.xx", "other_value": "x9@x.xx"}
    assert found["fused"] == [{**fused, "id": found["largest"][0]["id"]}]
    ((largest),) = found["largest"]
    assert (largest["values"], largest["aliases"]) == (6, 0)
    assert largest["held"] == [
        {"identifier": "email", "count": 5, "some": ["x9@x.xx", "x9@x.xx", "x9@x.xx"]},
        {"identifier": "card", "count": 1, "some": ["c1"]},
    ]
    shown = identity(shop, "--show-pii")["largest"][0]["held"][0]["some"]
    assert shown == ["a0@x.nl", "a1@x.nl", "a2@x.nl"]
    assert identity(shop)["shared"] == [
        {"identifier": "phone", "value": "999", "customers": 3, "is_guarded": True},
        {"identifier": "phone", "value": "999", "customers": 2, "is_guarded": False},
    ]
    told = shop.run("identity").stdout
    assert f"{largest['id']}  6 values" in told
    for word in ("links no profiles", "by `ignore`", "by `min_length`"):
        assert word in told
    assert "a0@x.nl" not in told

    found = identity(shop, "--group-type", "household")
    assert (found["noun"], found["profiles"]) == ("group", 2)
    assert [item["identifier"] for item in found["identifiers"]] == ["household:id"]
    wrong = shop.run("identity", "--group-type", "houshold")
    assert wrong.code == 2
    assert "Did you mean 'household'?" in wrong.told

    shop.drop("rows_2.csv", HEAD + "bert@x.nl,c1,\n")
    shop.build()
    assert identity(shop)["conflicts"] == 1
    assert "1 row in conflict" in shop.run("identity").stdout
    shop.goals(PEOPLE.replace("reject", "merge") + HOUSES)
    shop.build()
    found = identity(shop)
    assert [found[name] for name in counts] == ["profile", 7, 1, 0]
    assert found["largest"][0]["aliases"] == 1
