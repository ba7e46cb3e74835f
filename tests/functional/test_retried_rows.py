"""Rows of a goal that creates no profiles are applied once their profile is there (P10)."""

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
id: {identifier: true}
card: {identifier: true}
n: integer
seen: {multi: true}
city: text
"""
VISITS = """\
- name: visits
  kind: import_profiles
  files:
    visits: "visits_*.csv"
    shops: {path: shops.csv, join: {shop: visits.shop}}
  process: [{drop: "visits.at = '0'"}]
  identify: {create_profiles: false, by: [{id: visits.id}, {card: visits.card}]}
  map:
    n: {value: 1, strategy: sum}
    seen: {from: visits.at, strategy: add}
    city: shops.city
"""
PEOPLE = """\
- name: people
  kind: import_profiles
  files: {people: "people_*.csv"}
  identify: {by: [{id: people.id}, {card: people.card}]}
"""
FILES = {
    "visits_1.csv": "id,card,at,shop\nc,,1,s\nx,,2,s\nu,,3,s\n,,4,s\nc,,0,s\n",
    "people_1.csv": "id,card\nc,\n",
    "visits_2.csv": "id,card,at,shop\nx,7,5,t\nx,7,5,t\n",
    "people_2.csv": "id,card\np,7\n",
}
FOUND = [("c", 1, ["1"], "Delft"), ("p", 2, ["2", "5"], "Goes")]
OUTCOMES = ("unmatched", "filtered", "duplicate")


def dropped(shop: Workshop, *paths: str) -> None:
    for moment, (path, text) in enumerate(FILES.items()):
        if path in paths:
            shop.drop(path, text, moment=1_700_000_000 + 60 * moment)


def found(shop: Workshop) -> list[object]:
    return shop.rows(
        "select max(id), n, list_sort(seen), city from profiles group by all order by 1"
    )


def listed(shop: Workshop) -> list[list[str]]:
    options = (word for outcome in OUTCOMES for word in ("--outcome", outcome))
    text = shop.run("rows", *options, "--output", "csv").stdout
    return sorted(line.split(",")[:4] for line in text.splitlines()[1:])


def test_rows_find_profiles_that_come_later_in_any_cut_of_builds(shop: Workshop) -> None:
    """Also those that a row names which is applied later itself; a full refresh does the same."""
    shop.properties(PROPERTIES)
    shop.goals(VISITS + PEOPLE)
    shop.drop("shops.csv", "shop,city\ns,Delft\nt,Goes\n", moment=1_600_000_000)
    whole = shop.copied(shop.folder.with_name("whole"))
    for path in FILES:
        dropped(shop, path)
        shop.build()
        if path == "visits_1.csv":
            assert listed(shop) == [
                ["visits_1.csv", "2", "no profile has its identifiers", "unmatched"],
                ["visits_1.csv", "3", "no profile has its identifiers", "unmatched"],
                ["visits_1.csv", "4", "no profile has its identifiers", "unmatched"],
                ["visits_1.csv", "5", "no identifier has a value", "unmatched"],
                ["visits_1.csv", "6", "a condition leaves it out", "filtered"],
            ]
    assert found(shop) == FOUND
    still = ["visits_1.csv", "4", "no profile has its identifiers", "unmatched"]
    assert still in listed(shop)
    everything = shop.profiles()
    assert "Nothing new" in shop.run("build").stdout
    shop.build("--full-refresh")
    assert shop.profiles() == everything
    dropped(whole, *FILES)
    whole.build()
    assert found(whole) == FOUND
    assert ["visits_2.csv", "3", "equals an earlier row", "duplicate"] in listed(whole)
    ended = whole.run("undo", "people_2.csv")
    assert ended.code == 0, ended.told
    assert found(whole) == FOUND[:1]
