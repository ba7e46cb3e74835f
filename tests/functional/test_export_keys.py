"""What a partner holds is keyed by what the file says (X5)."""

import csv

import duckdb
import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

GOALS = """\
- name: people
  kind: import_profiles
  files: {people: {path: "people_*.csv", format: {null_values: [""]}}}
  identify: {by: [{number: number}, {email: email}], on_conflict: merge}
  map: {city: city, email: email}
- name: out
  kind: export_profiles
  segment: known
  file_name: "{change}.csv"
  changes: added_changed_removed
  columns: [{header: EMAIL, property: email}, {header: CITY, property: city}]
"""
SEGMENT = "select profile_id from {{ ref('profiles') }} where city != 'gone'\n"


@pytest.fixture
def keyed(shop: Workshop) -> Workshop:
    shop.properties("number: {identifier: true}\nemail: {identifier: true}\ncity: text\n")
    shop.write("models/segments/known.sql", SEGMENT)
    shop.goals(GOALS)
    return shop


def people(shop: Workshop, *lines: str) -> None:
    shop.drop(f"people_{shop.drops}.csv", "\n".join(["number,email,city", *lines, ""]))


def received(shop: Workshop) -> dict[str, dict[str, str]]:
    """Return the lines of the last files: change -> e-mail -> city."""
    found = {}
    for change in ("added", "changed", "removed"):
        with (shop.folder / f"drop/{change}.csv").open(encoding="utf-8") as file:
            found[change] = dict(list(csv.reader(file))[1:])
    return found


def test_key_that_leaves_is_removed_after_a_change_of_address_a_merge_and_an_exit(
    keyed: Workshop,
) -> None:
    people(
        keyed, "1,one@x,Rome", "2,two@x,Oslo", "3,three@x,Bonn", "4,four@x,Kiev", "5,five@x,gone"
    )
    keyed.build()
    assert received(keyed)["added"].keys() == {"one@x", "two@x", "three@x", "four@x"}
    people(keyed, "1,two@x,Rome", "3,drei@x,Bonn", "4,vier@x,gone", "5,six@x,gone")
    keyed.build()
    assert received(keyed) == {
        "added": {"drei@x": "Bonn"},
        "changed": {"two@x": "Rome"},
        "removed": {"one@x": "", "three@x": "", "four@x": ""},
    }
    assert keyed.build()["shop.out"]["message"].startswith("nothing changed")


def test_declared_key_replaces_the_id_and_what_removed_lines_say(keyed: Workshop) -> None:
    """In one file, removed lines come first: a partner may apply it line by line."""
    goal = GOALS.replace('"{change}.csv"', "all.csv").replace(
        "columns: [",
        "key: CITY\n  columns: [{header: ID, profile_id: true}, {header: WHAT, change: true}, ",
    )
    keyed.goals(goal)
    people(keyed, "1,one@x,Rome", "2,two@x,Oslo")
    keyed.build()
    people(keyed, "1,one@x,Bonn", "2,zwei@x,Oslo")
    keyed.build()
    lines = (keyed.folder / "drop/all.csv").read_text(encoding="utf-8").splitlines()[1:]
    said = [line.split(",", 1)[1] for line in lines]
    assert said[0] == "removed,one@x,Rome"
    assert sorted(said[1:]) == ["added,one@x,Bonn", "changed,zwei@x,Oslo"]


def test_what_an_older_runner_sent_gets_its_key(keyed: Workshop) -> None:
    """It recorded a hash per profile alone."""
    people(keyed, "1,one@x,Rome", "2,two@x,Oslo")
    keyed.build()
    state = keyed.folder / "target/sent/local/shop.out.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"create table old as select profile_id, content_hash from read_parquet('{state}')"
        )
        connection.execute(f"copy old to '{state}' (format parquet)")
    assert keyed.build()["shop.out"]["message"].startswith("nothing changed")
    people(keyed, "1,uno@x,Rome")
    keyed.build()
    assert received(keyed) == {
        "added": {"uno@x": "Rome"},
        "changed": {},
        "removed": {"one@x": ""},
    }
