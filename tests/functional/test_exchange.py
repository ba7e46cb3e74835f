"""Data exchange: the unique profiles that each connection brought and sent, over all time."""

import json

import pytest

pytestmark = pytest.mark.any_engine

PROPERTIES = "email: {identifier: true}\nname: text\nhousehold: {group: household}\n"
GOALS = """\
- name: people
  kind: import_profiles
  files: {people: {path: "people_*.csv"}}
  process: [{keep: "people.name <> 'Nobody'"}]
  identify: {by: [{email: people.email}]}
  map: {name: people.name, household: people.household}
- name: again
  kind: import_profiles
  files: {people: {path: "again_*.csv"}}
  identify: {by: [{email: people.email}]}
  map: {name: people.name}
- name: households
  kind: import_groups
  group_type: household
  files: {households: households.csv}
  identify: {by: [{household_id: id}]}
- name: everyone
  kind: export_profiles
  segment: everyone
  file_name: everyone.csv
  columns: [{header: E, property: email}]
- name: annes
  kind: export_profiles
  segment: annes
  changes: changed
  file_name: annes_{build_id}.csv
  columns: [{header: E, property: email}]
- name: houses
  kind: export_groups
  group_type: household
  file_name: houses.csv
  columns: [{header: ID, property: household_id}]
"""


@pytest.fixture(scope="module")
def built_shop(shared_shop):
    """A project whose goals overlap: several bring and send the same people."""
    shared_shop.properties(PROPERTIES)
    shared_shop.write(
        "models/groups/household.yml",
        "properties: {household_id: {identifier: true}}\n",
    )
    shared_shop.write(
        "models/segments/everyone.sql", "select profile_id from {{ ref('profiles') }}\n"
    )
    shared_shop.write(
        "models/segments/annes.sql",
        "select profile_id from {{ ref('profiles') }} where name = 'Anne'\n",
    )
    shared_shop.goals(GOALS)
    shared_shop.goals(
        """\
        - name: members
          kind: import_profiles
          files: {people: members.csv}
          identify: {create_profiles: false, by: [{email: people.email}]}
          map: {name: people.name}
        """,
        connection="tennis",
    )
    shared_shop.drop("households.csv", "id\nh1\nh2\nh3\n")
    shared_shop.drop(
        "people_1.csv",
        "email,name,household\na@x.example,Anne,h1\nb@x.example,Bo,h1\nn@x.example,Nobody,h2\n",
    )
    shared_shop.drop("again_1.csv", "email,name\na@x.example,Anne\nc@x.example,Cy\n")
    shared_shop.drop("members.csv", "email,name\nc@x.example,Cy\nz@x.example,Zoe\n")
    shared_shop.build()
    return shared_shop


@pytest.fixture
def exchanging(built_shop, tmp_path):
    return built_shop.copied(tmp_path / "exchanging")


def counts(shop):
    told = json.loads(shop.run("history", "--exchange", "--json").stdout)
    return {each["connection"]: (each["imported"], each["exported"]) for each in told}


def test_person_counts_once_however_often_and_by_however_many_goals(exchanging):
    assert counts(exchanging) == {"tennis": (1, 0), "shop": (3, 3)}
    exchanging.build()
    assert counts(exchanging) == {"tennis": (1, 0), "shop": (3, 3)}
    exchanging.drop("people_2.csv", "email,name,household\nd@x.example,Anne,h2\n")
    exchanging.build()
    assert counts(exchanging) == {"tennis": (1, 0), "shop": (4, 4)}
    shop, tennis = exchanging.run("history", "--exchange").stdout.splitlines()
    assert shop.split() == ["shop", "4", "profiles", "imported", "4", "profiles", "exported"]
    assert tennis.split() == ["tennis", "1", "profile", "imported", "0", "profiles", "exported"]
    # A rollback takes back imports, but not what the partner has.
    assert exchanging.run("rollback").code == 0
    assert counts(exchanging)["shop"] == (3, 4)
    exchanging.build()
    assert counts(exchanging)["shop"] == (4, 4)


def test_changed_goal_and_full_refresh_forget_nobody_and_can_be_rolled_back(exchanging):
    before = counts(exchanging)
    exchanging.goals(GOALS.replace("Nobody", "Bo"))
    exchanging.build()
    # Bo is no longer imported, and the one named Nobody is: both were, over all time.
    assert counts(exchanging)["shop"] == (before["shop"][0] + 1, 4)
    exchanging.build("--full-refresh")
    assert len(exchanging.profiles()) == 3
    assert counts(exchanging) == {"tennis": (1, 0), "shop": (4, 4)}
    kept = exchanging.rows("select connection, count(*) from runner.imported group by all")
    assert kept == [("shop", 1)]
    assert exchanging.run("rollback").code == 0
    assert exchanging.profiles("name", "name") == [("Anne",), ("Bo",), ("Cy",), ("Nobody",)]


def test_lost_warehouse_takes_back_nothing_that_was_sent(exchanging):
    exchanging.warehouse.unlink()
    exchanging.build("--full-refresh")
    assert counts(exchanging) == {"tennis": (1, 0), "shop": (3, 3)}


def test_export_that_could_not_be_sent_sent_nobody(exchanging):
    exchanging.drop("people_2.csv", "email,name,household\nd@x.example,Bo,h2\n")
    (exchanging.folder / "drop/everyone.csv").unlink()
    (exchanging.folder / "drop/everyone.csv").mkdir()
    assert exchanging.run("build").code != 0
    assert counts(exchanging)["shop"] == (4, 3)
    (exchanging.folder / "drop/everyone.csv").rmdir()
    exchanging.build()
    assert counts(exchanging)["shop"] == (4, 4)


def test_exchange_before_the_first_build_and_of_one_build_is_a_mistake(shop, exchanging):
    assert exchanging.run("history", "2026", "--exchange").code == 2
    exchanging.run("clean", "--all")
    assert exchanging.run("history", "--exchange").code == 2


def test_customers_that_turned_out_to_be_one_count_once(shop):
    shop.properties("email: {identifier: true}\ncard: {identifier: true}")
    shop.write("models/segments/everyone.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.goals(
        """\
        - name: people
          kind: import_profiles
          files: {people: {path: "people_*.csv"}}
          identify: {by: [{email: people.email}, {card: people.card}], on_conflict: merge}
        - name: everyone
          kind: export_profiles
          segment: everyone
          file_name: everyone.csv
          columns: [{header: E, property: email}, {header: C, property: card}]
        """
    )
    shop.drop("people_1.csv", "email,card\na@x.example,\n,c1\nb@x.example,c2\n")
    shop.build()
    assert counts(shop) == {"shop": (3, 3)}
    shop.drop("people_2.csv", "email,card\na@x.example,c1\n")
    shop.build()
    assert counts(shop) == {"shop": (2, 2)}
