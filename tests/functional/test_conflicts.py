"""Rows that lead to several profiles: listed, applied to none of them (P2 `reject`)."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.functional.test_merge import check_again
from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

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


def listed(shop: Workshop, *arguments: str) -> list[dict[str, Any]]:
    ended = shop.run("conflicts", "--output", "json", *arguments)
    assert ended.code == 0, ended.told
    rows: list[dict[str, Any]] = json.loads(ended.stdout)
    return rows


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    """Two customers whom rows join: all rows of their component are ambiguous."""
    more = (
        "anna@x.nl,,Anna again,8\n,c200,Bert again,8\ncarl@x.nl,c200,Carl,8\nnew@x.nl,c900,New,8\n"
    )
    conflict(shared_shop, more)
    return shared_shop


def test_ambiguous_rows_are_applied_to_nobody(built_shop: Workshop, tmp_path: Path) -> None:
    assert built_shop.outcomes("shop.rows") == {"created": 1, "ambiguous": 4}
    assert built_shop.profiles("name, spent") == [("Anna", 1), ("Bert", 2), ("New", 8)]
    assert built_shop.rows("select line, len(profiles) from runner.conflicts order by 1") == [
        (line, 2) for line in (2, 3, 4, 5)
    ]
    check_again(built_shop.copied(tmp_path / "again"))


def test_conflicts_are_listed_with_personal_data_as_its_shape(built_shop: Workshop) -> None:
    anna, bert = (
        str(row[0])
        for row in built_shop.rows(
            "select profile_id from profiles where name != 'New' order by name"
        )
    )
    row, *_ = listed(built_shop)
    assert (row["goal"], row["file"], row["line"]) == ("shop.rows", "rows_2.csv", 2)
    assert row["profiles"] == sorted([anna, bert])
    assert row["identifiers"] == [
        {"identifier": "email", "value": "xxxx@x.xx", "profile_id": anna},
        {"identifier": "card", "value": "c200", "profile_id": bert},
    ]
    assert listed(built_shop, "--show-pii")[0]["identifiers"][0]["value"] == "anna@x.nl"
    assert listed(built_shop, "--limit", "0") == []
    told = built_shop.run("conflicts").stdout
    assert f"email=xxxx@x.xx ({anna[:8]}), card=c200 ({bert[:8]})"[:39] in told
    assert "anna@" not in told
    assert "anna@" not in built_shop.run("conflicts", "-o", "csv").stdout
    wrong = built_shop.run("conflicts", "--select", "shop.nothing")
    assert wrong.code == 2


def test_row_that_comes_again_is_judged_again(built_shop: Workshop, tmp_path: Path) -> None:
    shop = built_shop.copied(tmp_path / "shop")
    shop.drop("rows_2.csv", HEAD + "anna@x.nl,c300,Anna,4\n")
    shop.build()
    assert shop.profiles("name, spent", "name")[:2] == [("Anna", 5), ("Bert", 2)]
    assert shop.rows("select line from runner.conflicts") == []
    shop.drop("rows_2.csv", HEAD + "anna@x.nl,c200,Both,4\nanna@x.nl,c300,Anna,4\n")
    told = shop.run("build").stdout
    assert "1 ambiguous" in told
    assert "runner conflicts lists the rows that lead to several profiles or groups" in told
    assert shop.rows("select line from runner.conflicts") == [(2,)]
    shop.goals(GOAL.replace("reject", "first"))
    shop.build()
    assert shop.rows("select line from runner.conflicts") == []
    assert shop.profiles("name, spent", "name")[:2] == [("Anna", 9), ("Bert", 2)]
    shop.goals(GOAL.replace("reject", "merge"))
    shop.build()
    check_old_id(shop)


def check_old_id(shop: Workshop) -> None:
    """The old id of a merged profile shows the survivor."""
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


def test_forgotten_person_is_in_no_conflict(built_shop: Workshop, tmp_path: Path) -> None:
    """C2: also somebody who has no profile, because their row was ambiguous."""
    shop = built_shop.copied(tmp_path / "shop")
    ended = shop.run("forget", "email=carl@x.nl", "--yes")
    assert ended.code == 0, ended.told
    assert [row["line"] for row in listed(shop)] == [2, 3, 4]


LIMITED = """\
- name: {way}
  kind: import_profiles
  files: {{rows: "{way}_*.csv"}}
  identify: {{by: [{{cid: rows.cid}}, {{email: rows.email}}], on_conflict: {way}}}
  map: {{note: rows.note}}
"""


def test_limit_of_an_identifier_ends_in_the_same_profiles_however_rows_are_cut(
    shop: Workshop,
) -> None:
    """P9: the row that would join two customers is listed, and applied to the first if need be."""
    shop.properties("cid: {identifier: true, limit: 1}\nemail: {identifier: true}\nnote: text\n")
    ways = ("first", "reject")
    shop.goals("".join(LIMITED.format(way=way) for way in ways))
    found = []
    for files in (["1,a,A\n2,b,B\n1,b,C\n"], ["1,a,A\n2,b,B\n", "1,b,C\n"]):
        for number, rows in enumerate(files):
            for way in ways:
                named = "".join(
                    "{0}-{1},{0}-{2},{3}\n".format(way, *row.split(",")) for row in rows.split()
                )
                shop.drop(f"{way}_{number}.csv", f"cid,email,note\n{named}")
            shop.build()
        found.append(shop.profiles("cid, email, note"))
        values = "select goal, identifiers[2].value from runner.conflicts order by all"
        assert shop.rows(values) == [(f"shop.{way}", f"{way}-b") for way in ways]
        shutil.rmtree(shop.folder / "target")
        shutil.rmtree(shop.folder / "drop")
    expected = [
        (f"{way}-{row[0]}", f"{way}-{row[1]}", row[2])
        for way, note in (("first", "C"), ("reject", "A"))
        for row in (("1", "a", note), ("2", "b", "B"))
    ]
    assert found == 2 * [expected]
