"""Files wait until they are whole: for a trigger, or at rest (F4)."""

import os
import time

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

GOAL = """
- name: people
  kind: import_profiles
  ready: {{{ready}}}
  done_suffix: {done}
  files: {{rows: "people_*"}}
  identify: {{by: [{{id: id}}]}}
  map: {{name: name}}
"""
CHAINED = """
- name: people
  kind: import_profiles
  ready: {trigger: "{stem}.ok"}
  done_suffix: true
  files:
    rows: {path: "people_*.csv", ready: {stable_for: 0}}
    cities: {path: "cities_*.csv", join: {city: rows.city}}
  identify: {by: [{id: id}]}
  map: {city: cities.label}
"""


@pytest.fixture
def people(shop: Workshop) -> Workshop:
    shop.properties("id: text\nname: text\ncity: text")
    return shop


def goal(ready: str, done: str = "false") -> str:
    return GOAL.format(ready=ready, done=done)


def test_f4_file_waits_for_its_trigger_and_is_taken_once_it_is_there(people: Workshop) -> None:
    people.goals(goal('trigger: "{name}.ok"', "true"))
    people.drop("people_1.csv", "id,name\n1,Ann\n")
    people.drop("people_1.csv.ok", "")
    people.drop("people_2.csv", "id,name\n2,Bob\n")
    scanned = people.run("scan")
    assert "people_2.csv" in scanned.stdout
    assert "waits for its trigger people_2.csv.ok" in scanned.stdout
    assert "To import: 1 main file, 14 B (1 waiting, 1 ignored)" in scanned.stdout
    ended = people.run("build")
    assert ended.code == 0
    assert (
        "people_2.csv waits for its trigger people_2.csv.ok; left for a later build" in ended.told
    )
    assert people.profiles("id") == [("1",)]
    names = sorted(path.name for path in (people.folder / "drop").iterdir())
    assert names == ["people_1.csv.done", "people_1.csv.ok", "people_2.csv"]
    waiting = people.run("build")
    assert waiting.code == 0
    assert "1 file imported before; 1 waiting" in waiting.told
    people.drop("people_2.csv.ok", "")
    people.build()
    assert people.profiles("id") == [("1",), ("2",)]
    assert people.run("build").code == 0
    assert people.profiles("id") == [("1",), ("2",)]


def test_f4_trigger_that_is_older_than_the_file_spoke_of_another(people: Workshop) -> None:
    people.goals(goal('trigger: "{name}.ok"'))
    people.drop("people_1.csv", "id,name\n1,Ann\n")
    people.drop("people_1.csv.ok", "")
    people.build()
    people.drop("people_1.csv", "id,name\n1,Anna\n2,Bo")
    ended = people.run("build")
    assert "people_1.csv waits: its trigger people_1.csv.ok is older than the file" in ended.told
    assert people.profiles("id, name") == [("1", "Ann")]
    people.drop("people_1.csv", "id,name\n1,Anna\n2,Bob\n")
    people.drop("people_1.csv.ok", "")
    people.build()
    assert people.profiles("id, name") == [("1", "Anna"), ("2", "Bob")]


def test_f4_imported_file_needs_no_trigger_any_more(people: Workshop) -> None:
    people.goals(goal("trigger: all.ok"))
    people.drop("people_1.csv", "id,name\n1,Ann\n")
    people.drop("all.ok", "")
    people.build()
    (people.folder / "drop/all.ok").unlink()
    people.goals(goal("trigger: all.ok").replace("name: name", "name: {value: Eve}"))
    people.build()
    assert people.outcomes("shop.people") == {"updated": 1}


def test_f4_file_waits_until_it_is_at_rest(people: Workshop) -> None:
    people.goals(goal("stable_for: 1h"))
    people.drop("people_1.csv", "id,name\n1,Ann\n", int(time.time()) - 7200)
    people.drop("people_2.csv", "id,name\n2,Bob\n", int(time.time()) - 600)
    ended = people.run("build")
    assert "people_2.csv waits until it has been the same for 3600 s" in ended.told
    assert people.profiles("id") == [("1",)]


def test_f4_clock_of_the_server_may_be_ahead(people: Workshop) -> None:
    """A file that changes between builds is not at rest."""
    people.goals(goal("stable_for: 1s"))
    ahead = int(time.time()) + 86400
    people.drop("people_1.csv", "id,name\n1,Ann\n", ahead)
    file = people.drop("people_2.csv", "id,name\n2,Bob\n", ahead)
    ended = people.run("build")
    assert ended.told.count("says a server whose clock is ahead") == 2
    time.sleep(1.1)
    file.write_text("id,name\n2,Bob\n3,Cas\n")
    os.utime(file, (ahead, ahead))
    people.build()
    assert people.profiles("id") == [("1",)]


def test_f4_main_file_waits_for_its_chained_files(people: Workshop) -> None:
    people.goals(CHAINED)
    people.drop("people_1.csv", "id,city\n1,a\n2,b\n")
    people.drop("cities_1.csv", "city,label\na,Aalst\n")
    people.drop("cities_1.ok", "")
    people.drop("cities_2.csv", "city,label\nb,Br")
    ended = people.run("build")
    assert ended.code == 0
    assert "cities_2.csv waits for its trigger cities_2.ok" in ended.told
    assert "people_1.csv waits for cities_2.csv of `cities`" in ended.told
    assert (people.folder / "drop/people_1.csv").exists()
    people.drop("cities_2.csv", "city,label\nb,Brugge\n")
    people.drop("cities_2.ok", "")
    people.build()
    assert people.profiles("id, city") == [("1", "Aalst"), ("2", "Brugge")]
    assert (people.folder / "drop/people_1.csv.done").exists()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{}", "expected either `trigger` or `stable_for`"),
        ('{trigger: "{nam}.ok"}', "found '{nam}'; expected {name} or {stem}"),
        ("{trigger: ok/x}", "expected the name of another file in the same folder"),
        ("{stable_for: soon}", "expected a duration such as 60s"),
        ("{trigge: x.ok}", "trigger"),
    ],
)
def test_mistakes_are_reported_with_their_location(
    people: Workshop, written: str, told: str
) -> None:
    people.goals(goal("trigger: x").replace("{trigger: x}", written))
    ended = people.run("build")
    assert ended.code == 2
    assert "connections/shop.yml:7:" in ended.stderr
    assert told in ended.stderr


def test_f12_source_without_a_new_file_is_reported_and_its_rows_are_applied(
    people: Workshop,
) -> None:
    """Files that are dropped are of 2023."""
    fresh = '{path: "people_*", freshness: {error_after: 1 day}}'
    people.goals(goal("stable_for: 0").replace('"people_*"', fresh))
    people.drop("people_1.csv", "id,name\n1,Ann\n")
    assert "warning: `rows` has no new file for more than 1 day" in people.run("scan").stdout
    for _ in range(2):
        ended = people.run("build")
        assert ended.code == 1
        assert "INCOMPLETE import shop.people\n    `rows` has no new file" in ended.stdout
    assert people.profiles("name") == [("Ann",)]
    assert people.results()["shop.people"]["message"].endswith(
        "nothing new: 1 file imported before"
    )
