"""Permission levels: what needs more than a person allows is neither kept nor exported."""

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

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
  key: ID
  columns:
    - {header: ID, property: id}
    - {header: EMAIL, property: email}
    - {header: NAME, property: name}
    - {header: LEVEL, permission_level: true}
"""
COLUMNS = "id, email, name, city, spent, permission_level"


LINES = """\
1,a@x.nl,Ann,Rome,10,personal
2,b@x.nl,Bob,Oslo,20,Anonymous
3,c@x.nl,Cas,Bonn,30,do not track
4,d@x.nl,Dee,Kiev,40,
5,e@x.nl,Eve,Bern,50,personal
6,f@x.nl,Fay,Graz,60,do_not_track
7,,Gus,Lodz,70,private
"""


def test_values_above_the_level_of_a_profile_are_neither_kept_nor_exported(
    shop: Workshop,
) -> None:
    """A person is recognized by what their profile does not hold; a raised level brings nothing back."""
    shop.properties(PROPERTIES)
    shop.write("models/segments/everyone.sql", "select profile_id from {{ ref('profiles') }}")
    shop.goals(GOALS)
    sent = shop.folder / "drop"
    untracked = (None, None, None, None, None, "do_not_track")
    shop.drop("people_1.csv", HEAD + LINES)
    told, shown = shop.run("build").told, ("5 order created", "2 order not kept", "1 of 6 values")
    assert [text in told for text in shown] == [True] * 3
    ann, dee = ("1", "a@x.nl", "Ann", "Rome", 10, "personal"), ("4", "d@x.nl", "Dee", "Kiev", 40)
    assert shop.profiles(COLUMNS) == [
        ann,
        ("2", None, "Bob", None, 20, "anonymous"),
        (*dee, "personal"),
        ("5", "e@x.nl", "Eve", "Bern", 50, "personal"),
        ("7", None, "Gus", "Lodz", 70, "personal"),
        untracked,
        untracked,
    ]
    orders = "select event_id from events_order order by all"
    assert shop.rows(orders) == [("1",), ("2",), ("4",), ("5",), ("7",)]
    nothing = "select count(*) from runner.sums where amounts = [null]"
    assert shop.rows(nothing) == [(2,)]
    rejects = shop.rows("select line, property, reason, value from runner.rejects")
    assert rejects == [(8, "permission_level", "not a permission level", "private")]
    assert "5,e@x.nl,Eve,personal\n" in (sent / "added.csv").read_text()

    shop.drop("people_2.csv", HEAD + "5,e@x.nl,Eve,Bern,,anonymous\n6,f@x.nl,Fay,Graz,5,personal\n")
    shop.drop("names_1.csv", "id,name,email\n3,Casper,c@x.nl\n")
    shop.build()
    fay = ("6", "f@x.nl", "Fay", "Graz", 5, "personal")
    assert shop.outcomes("shop.names") == {"updated": 1}
    assert shop.profiles(COLUMNS)[3:] == [
        ("5", None, "Eve", None, 50, "anonymous"),
        fay,
        ("7", None, "Gus", "Lodz", 70, "personal"),
        untracked,
    ]
    owned = "select value from runner.identifiers where identifier = 'email' order by all"
    assert shop.rows(owned) == [(f"{who}@x.nl",) for who in "abcdef"]
    assert "5,,Eve,anonymous\n" in (sent / "changed.csv").read_text()

    shop.drop("people_3.csv", HEAD + "5,e@x.nl,Eve,Bern,,do_not_track\n")
    shop.build()
    assert (sent / "removed.csv").read_text().endswith("5,,,\n")
    before = shop.profiles(), shop.rows("select * from runner.sums order by all")
    shop.build()
    assert (shop.profiles(), shop.rows("select * from runner.sums order by all")) == before
    shop.build("--full-refresh")
    assert shop.profiles(COLUMNS)[3:] == [fay, ("7", None, "Gus", "Lodz", 70, "personal")] + 2 * [
        untracked
    ]

    shop.properties(PROPERTIES.replace("pii: true, permission_level: anonymous", "pii: true"))
    shop.drop("people_4.csv", HEAD + "8,h@x.nl,Hal,Brno,10,\n")
    shop.build()
    named = [("1", "Ann"), ("2", None), ("4", "Dee"), ("6", "Fay"), ("7", "Gus"), ("8", "Hal")]
    assert shop.profiles("id, name")[:6] == named
