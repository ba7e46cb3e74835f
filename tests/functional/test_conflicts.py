"""Rows that lead to several profiles: listed, applied to none of them (P2 `reject`)."""

import json
from typing import Any

from tests.functional.test_merge import check_again
from tests.functional.workshop import Workshop

PROPERTIES = """\
email: {identifier: true, pii: true}
card: {identifier: true}
name: text
spent: integer
"""
GOAL = """\
- name: rows
  kind: import_profiles
  files: {rows: "rows_*.csv"}
  identify: {by: [{email: rows.email}, {card: rows.card}], on_conflict: reject}
  map: {name: rows.name, spent: {from: rows.spent, strategy: sum}}
"""
HEAD = "email,card,name,spent\n"
TWO = HEAD + "anna@x.nl,,Anna,1\n,c200,Bert,2\n"


def conflict(shop: Workshop, more: str = "", goal: str = GOAL) -> None:
    """Import two customers, and then a file with a row that names both."""
    shop.properties(PROPERTIES)
    shop.goals(goal)
    shop.drop("rows_1.csv", TWO)
    shop.build()
    shop.drop("rows_2.csv", HEAD + "anna@x.nl,c200,Both,4\n" + more)
    shop.build()


def test_ambiguous_rows_are_applied_to_nobody(shop: Workshop) -> None:
    conflict(shop, "new@x.nl,c900,New,8\n")
    assert shop.outcomes("shop.rows") == {"created": 1, "ambiguous": 1}
    assert shop.profiles("name, spent") == [("Anna", 1), ("Bert", 2), ("New", 8)]
    assert shop.rows("select file, line, len(profiles) from runner.conflicts") == [
        ("rows_2.csv", 2, 2)
    ]
    check_again(shop)


def test_summary_says_how_to_list_ambiguous_rows(shop: Workshop) -> None:
    conflict(shop)
    shop.drop("rows_3.csv", HEAD + "anna@x.nl,c200,Both,5\n")
    told = shop.run("build").stdout
    assert "1 ambiguous" in told
    assert "Rows that lead to several profiles or groups:\n    runner conflicts\n" in told


def test_all_rows_of_a_component_with_several_profiles_are_ambiguous(shop: Workshop) -> None:
    conflict(shop, "anna@x.nl,,Anna again,8\n,c200,Bert again,8\nx@x.nl,c200,Third,8\n")
    assert shop.outcomes("shop.rows") == {"ambiguous": 4}
    assert shop.profiles("spent") == [(1,), (2,)]


def test_row_that_comes_again_is_judged_anew(shop: Workshop) -> None:
    conflict(shop)
    shop.drop("rows_2.csv", HEAD + "anna@x.nl,c300,Anna,4\n")
    shop.build()
    assert shop.profiles("name, spent") == [("Anna", 5), ("Bert", 2)]
    assert shop.rows("select line from runner.conflicts") == []
    shop.drop("rows_2.csv", HEAD + "anna@x.nl,c200,Both,4\nanna@x.nl,c300,Anna,4\n")
    shop.build()
    assert shop.rows("select line from runner.conflicts") == [(2,)]
    shop.goals(GOAL.replace("reject", "first"))
    shop.build()
    assert shop.rows("select line from runner.conflicts") == []
    assert shop.profiles("name, spent") == [("Anna", 9), ("Bert", 2)]


def listed(shop: Workshop, *arguments: str) -> list[dict[str, Any]]:
    ended = shop.run("conflicts", "--output", "json", *arguments)
    assert ended.code == 0, ended.told
    rows: list[dict[str, Any]] = json.loads(ended.stdout)
    return rows


def test_conflicts_are_listed_with_personal_data_as_its_shape(shop: Workshop) -> None:
    conflict(shop)
    anna, bert = (str(row[0]) for row in shop.rows("select profile_id from profiles order by name"))
    (row,) = listed(shop)
    assert (row["goal"], row["file"], row["line"]) == ("shop.rows", "rows_2.csv", 2)
    assert row["profiles"] == sorted([anna, bert])
    assert row["identifiers"] == [
        {"identifier": "email", "value": "xxxx@x.xx", "profile_id": anna},
        {"identifier": "card", "value": "c200", "profile_id": bert},
    ]
    assert listed(shop, "--show-pii")[0]["identifiers"][0]["value"] == "anna@x.nl"
    assert listed(shop, "--limit", "0") == []
    told = shop.run("conflicts").stdout
    assert f"email=xxxx@x.xx ({anna[:8]}), card=c200 ({bert[:8]})"[:39] in told
    assert "anna@" not in told
    assert "anna@" not in shop.run("conflicts", "-o", "csv").stdout
    wrong = shop.run("conflicts", "--select", "shop.nothing")
    assert wrong.code == 2


def test_old_id_of_a_merged_profile_shows_the_survivor(shop: Workshop) -> None:
    conflict(shop, goal=GOAL.replace("reject", "merge"))
    ((alias, survivor),) = shop.rows("select alias_id, profile_id from profile_aliases")
    for asked in (str(alias), f"profile_id={alias}", f"profile_id={str(alias).upper()}"):
        ended = shop.run("profile", asked)
        assert ended.code == 0
        assert f"Profile {survivor}" in ended.stdout
        assert f"{alias} became part of this profile" in ended.stdout
    found = shop.run("profile", str(survivor))
    assert "became part" not in found.stdout
    assert f"merged into it: {alias}" in found.stdout
    (one,) = json.loads(shop.run("profile", str(alias), "--json").stdout)
    assert (one["profile_id"], one["aliases"]) == (str(survivor), [str(alias)])


def test_forgotten_person_is_in_no_conflict(shop: Workshop) -> None:
    """C2: also somebody who has no profile, because his row was ambiguous."""
    conflict(shop, "carl@x.nl,c200,Carl,8\n")
    assert len(shop.rows("select * from runner.conflicts")) == 2
    ended = shop.run("forget", "email=carl@x.nl", "--yes")
    assert ended.code == 0, ended.told
    assert [row["identifiers"][0]["value"] for row in listed(shop, "--show-pii")] == ["anna@x.nl"]


def test_ambiguous_rows_of_a_goal_that_asks_for_consent(shop: Workshop) -> None:
    shop.write(
        "runner_project.yml",
        "name: shop\nobjectives: [{name: mail, consent: opt_out}]\ntargets: {local: {threads: 1}}\n",
    )
    conflict(shop, goal=f"{GOAL}  objectives: [mail]\n")
    assert shop.outcomes("shop.rows") == {"ambiguous": 1}
    assert shop.rows("select file, line from runner.conflicts") == [("rows_2.csv", 2)]
