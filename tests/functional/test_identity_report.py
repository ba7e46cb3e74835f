"""`runner identity`: what holds customers together."""

import json
from typing import Any

from tests.functional.test_conflicts import GOAL, HEAD, PROPERTIES, conflict
from tests.functional.test_guards import drop
from tests.functional.workshop import Workshop


def identity(shop: Workshop, *arguments: str) -> dict[str, Any]:
    ended = shop.run("identity", "--json", *arguments)
    assert ended.code == 0, ended.told
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_largest_profiles_are_told_with_what_holds_them(shop: Workshop) -> None:
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    rows = [f"a{number}@x.nl,c1,A,1" for number in range(5)]
    shop.drop("rows_1.csv", HEAD + "\n".join(rows) + "\nbert@x.nl,c2,Bert,1\n")
    shop.build()
    found = identity(shop, "--limit", "1")
    assert (found["noun"], found["profiles"], found["aliases"], found["conflicts"]) == (
        "profile",
        2,
        0,
        0,
    )
    assert found["identifiers"] == [
        {"identifier": "card", "values": 2, "profiles": 2, "most": 1},
        {"identifier": "email", "values": 6, "profiles": 2, "most": 5},
    ]
    ((largest),) = found["largest"]
    assert (largest["values"], largest["aliases"]) == (6, 0)
    assert largest["held"] == [
        {"identifier": "email", "count": 5, "some": ["x9@x.xx", "x9@x.xx", "x9@x.xx"]},
        {"identifier": "card", "count": 1, "some": ["c1"]},
    ]
    shown = identity(shop, "--show-pii")["largest"][0]["held"][0]["some"]
    assert shown == ["a0@x.nl", "a1@x.nl", "a2@x.nl"]
    told = shop.run("identity").stdout
    assert f"{largest['id']}  6 values" in told
    assert "a0@x.nl" not in told


def test_merged_profiles_and_conflicts_are_counted(shop: Workshop) -> None:
    conflict(shop)
    assert identity(shop)["conflicts"] == 1
    assert "1 row in conflict" in shop.run("identity").stdout
    shop.goals(GOAL.replace("reject", "merge"))
    shop.build()
    found = identity(shop)
    assert (found["profiles"], found["aliases"], found["conflicts"]) == (1, 1, 0)
    assert found["largest"][0]["aliases"] == 1


def test_values_that_several_share_are_told(shop: Workshop) -> None:
    drop(shop, *(f"{name}@x.nl,,020,{name}" for name in "abc"), "d@x.nl,,030,d", "e@x.nl,,030,e")
    told = shop.run("identity").stdout
    assert "links no profiles" in told
    assert identity(shop)["shared"] == [
        {"identifier": "phone", "value": "999", "customers": 3, "is_guarded": True},
        {"identifier": "phone", "value": "999", "customers": 2, "is_guarded": False},
    ]


def test_groups_are_told_apart_from_profiles(shop: Workshop) -> None:
    shop.properties("email: {identifier: true}\nhousehold: {group: household}\n")
    shop.write("models/groups/household.yml", "properties: {id: {identifier: true}}\n")
    shop.goals(
        """\
        - name: houses
          kind: import_groups
          group_type: household
          files: {rows: houses.csv}
          identify: {by: [{id: rows.id}]}
        """
    )
    shop.drop("houses.csv", "id\nh1\nh2\n")
    shop.build()
    assert identity(shop)["identifiers"] == []
    found = identity(shop, "--group-type", "household")
    assert (found["noun"], found["profiles"]) == ("group", 2)
    assert found["identifiers"][0]["identifier"] == "household:id"
    wrong = shop.run("identity", "--group-type", "houshold")
    assert wrong.code == 2
    assert "Did you mean 'household'?" in wrong.told
