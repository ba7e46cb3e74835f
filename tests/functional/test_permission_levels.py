"""Permission levels: what needs more than a person allows is neither kept nor exported."""

import pytest

from tests.functional.workshop import Workshop

HEAD = "id,email,name,city,amount,level\n"
PROPERTIES = """\
id: {identifier: true}
email: {identifier: true, pii: true}
name: {pii: true, permission_level: anonymous}
city: {permission_level: personal}
spent: decimal(18,2)
"""
GOALS = """\
- name: people
  kind: import_profiles
  files: {people: "people_*.csv"}
  identify: {by: [{id: people.id}]}
  map:
    email: people.email
    name: people.name
    city: people.city
    spent: {from: people.amount, strategy: sum}
    permission_level: people.level
  events:
    - {type: order, id: id, at: "timestamp '2024-01-01 10:00:00'", properties: {total_revenue: amount}}
- name: names
  kind: import_profiles
  files: {names: "names_*.csv"}
  identify: {by: [{id: names.id}]}
  map: {name: names.name, email: names.email}
- name: all
  kind: export_profiles
  segment: everyone
  file_name: "{change}.csv"
  changes: added_changed_removed
  columns:
    - {header: ID, property: id}
    - {header: EMAIL, property: email}
    - {header: NAME, property: name}
    - {header: LEVEL, permission_level: true}
"""
COLUMNS = "id, email, name, city, spent, permission_level"


@pytest.fixture
def levels(shop: Workshop) -> Workshop:
    shop.properties(PROPERTIES)
    shop.write("models/segments/everyone.sql", "select profile_id from {{ ref('profiles') }}")
    shop.goals(GOALS)
    return shop


def build_twice(shop: Workshop) -> None:
    shop.build()
    before = shop.profiles(), shop.rows("select * from runner.sums order by all")
    shop.build()
    assert (shop.profiles(), shop.rows("select * from runner.sums order by all")) == before


def test_value_above_the_level_of_its_profile_is_not_kept(levels: Workshop) -> None:
    lines = ["1,a@x.nl,Ann,Rome,10,personal", "2,b@x.nl,Bob,Oslo,20,Anonymous"]
    lines += ["3,c@x.nl,Cas,Bonn,30,do not track", "4,d@x.nl,Dee,Kiev,40,"]
    levels.drop("people_1.csv", HEAD + "\n".join(lines) + "\n")
    build_twice(levels)
    assert levels.profiles(COLUMNS) == [
        ("1", "a@x.nl", "Ann", "Rome", 10, "personal"),
        ("2", None, "Bob", None, 20, "anonymous"),
        ("4", "d@x.nl", "Dee", "Kiev", 40, None),
        (None, None, None, None, None, "do_not_track"),
    ]
    orders = "select event_id from events_order order by all"
    assert levels.rows(orders) == [("1",), ("2",), ("4",)]
    assert levels.rows("select amounts from runner.sums order by all limit 4")[3] == ([None],)


def test_person_is_recognized_by_what_his_profile_does_not_hold(levels: Workshop) -> None:
    levels.drop("people_1.csv", HEAD + "1,a@x.nl,Ann,Rome,10,do_not_track\n")
    build_twice(levels)
    levels.drop("names_1.csv", "id,name,email\n1,Anna,a@x.nl\n")
    build_twice(levels)
    assert levels.outcomes("shop.names") == {}
    assert levels.profiles(COLUMNS) == [(None, None, None, None, None, "do_not_track")]
    owned = "select identifier, value from runner.identifiers order by all"
    assert levels.rows(owned) == [("email", "a@x.nl"), ("id", "1")]


def test_lowered_level_takes_values_and_the_next_export_clears_them(levels: Workshop) -> None:
    levels.drop("people_1.csv", HEAD + "1,a@x.nl,Ann,Rome,10,personal\n")
    build_twice(levels)
    assert (levels.folder / "drop/added.csv").read_text().endswith("1,a@x.nl,Ann,personal\n")
    levels.drop("people_2.csv", HEAD + "1,a@x.nl,Ann,Rome,,anonymous\n")
    levels.build()
    assert (levels.folder / "drop/changed.csv").read_text().endswith("1,,Ann,anonymous\n")
    assert levels.profiles(COLUMNS) == [("1", None, "Ann", None, 10, "anonymous")]
    levels.drop("people_3.csv", HEAD + "1,a@x.nl,Ann,Rome,,do_not_track\n")
    levels.build()
    assert (levels.folder / "drop/removed.csv").read_text().endswith("1,a@x.nl,,do_not_track\n")
    levels.build("--full-refresh")
    assert levels.profiles(COLUMNS) == [(None, None, None, None, None, "do_not_track")]


def test_raised_level_keeps_what_comes_from_then_on(levels: Workshop) -> None:
    """P5, P6: what was summed before is gone, however often the goal is imported anew."""
    levels.drop("people_1.csv", HEAD + "1,a@x.nl,Ann,Rome,10,do_not_track\n")
    build_twice(levels)
    levels.drop("people_2.csv", HEAD + "1,a@x.nl,Ann,Rome,5,personal\n")
    build_twice(levels)
    expected = [("1", "a@x.nl", "Ann", "Rome", 5, "personal")]
    assert levels.profiles(COLUMNS) == expected
    levels.build("--full-refresh")
    assert levels.profiles(COLUMNS) == expected


def test_unknown_level_is_set_aside(levels: Workshop) -> None:
    """R6."""
    levels.drop("people_1.csv", HEAD + "1,a@x.nl,Ann,Rome,10,private\n")
    build_twice(levels)
    rejects = levels.rows("select line, property, reason, value from runner.rejects")
    assert rejects == [(2, "permission_level", "not a permission level", "private")]
    assert levels.profiles("permission_level, name") == [(None, "Ann")]


def test_property_that_needs_another_level_than_before_is_cleared(levels: Workshop) -> None:
    levels.drop("people_1.csv", HEAD + "1,a@x.nl,Ann,Rome,10,anonymous\n")
    build_twice(levels)
    assert levels.profiles("name") == [("Ann",)]
    levels.properties(PROPERTIES.replace("pii: true, permission_level: anonymous", "pii: true"))
    levels.drop("people_2.csv", HEAD + "2,b@x.nl,Bob,Oslo,10,\n")
    build_twice(levels)
    assert levels.profiles("id, name") == [("1", None), ("2", "Bob")]


def test_property_of_groups_needs_no_level(levels: Workshop) -> None:
    home = "properties: {id: {identifier: true, permission_level: personal}}\n"
    levels.write("models/groups/home.yml", home)
    ended = levels.run("ls")
    assert ended.code == 2
    assert "models/groups/home.yml:1:55: `id`: only a property of profiles" in ended.told
