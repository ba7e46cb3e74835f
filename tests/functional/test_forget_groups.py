"""`runner forget` where groups, decisions, lines of others and sent files name the person (C2)."""

import pytest

from tests.functional.erasure import canaries_in, receipt
from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
email: {identifier: true, pii: true}
card: {identifier: true}
name: {pii: true}
referrer: text
households: {multi: true, group: household}
"""
HOUSEHOLD = """\
properties:
  id: {identifier: true}
  city: text
  contact: {pii: true}
  contact_name: {pii: true}
"""
GOALS = """\
- name: people
  kind: import_profiles
  files: {people: people_*.csv}
  identify: {by: [{email: people.email}, {card: people.card}]}
  map:
    name: people.name
    referrer: people.referrer
    households: {from: people.household, strategy: add}
- name: households
  kind: import_groups
  group_type: household
  files:
    households: households_*.csv
    contacts: {path: contacts.csv, join: {household: households.id}, optional: true}
  identify: {by: [{id: households.id}]}
  map:
    city: households.city
    contact: {from: contacts.email, strategy: set_if_empty}
    contact_name: {from: contacts.name, strategy: set_if_empty}
- name: vip
  kind: export_profiles
  segment: vip
  file_name: "vip_{part}.csv"
  max_rows_per_file: 2
  trigger: "{name}.ok"
  columns: [{header: EMAIL, property: email}, {header: NAME, property: name}]
- name: homes
  kind: export_groups
  group_type: household
  file_name: homes.csv
  columns: [{header: ID, property: id}, {header: CONTACT, property: contact_name}]
"""
CANARIES = ("canary@person.example", "Canaria", "CARD-4711")
PEOPLE = """\
email,card,name,household,referrer
canary@person.example,CARD-4711,Canaria,H1,
an@x.nl,CARD-0002,An,H1,
bo@x.nl,CARD-0003,Bo,H2,Canary@Person.example
"""


def test_groups_that_name_the_person_are_erased_and_made_again_of_other_lines(
    shop: Workshop,
) -> None:
    shop.properties(PROPERTIES)
    shop.write("models/groups/household.yml", HOUSEHOLD)
    shop.write("models/segments/vip.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.write(
        "models/identity/decisions.csv",
        "identifier,value,decision,with_identifier,with_value\ncard,CARD-4711,separate,,CARD-0002\n",
    )
    shop.goals(GOALS)
    shop.drop("people_1.csv", PEOPLE)
    shop.drop("households_1.csv", "id,city\nH1,Gouda\nH2,Delft\n")
    shop.drop(
        "contacts.csv",
        "household,email,name\nH1,canary@person.example,Canaria\nH2,bo@x.nl,Bo\n",
    )
    shop.build()
    # A second build keeps the warehouse of the first.
    shop.drop("households_2.csv", "id,city\nH3,Breda\n")
    shop.build()
    dry = shop.run("forget", "email=canary@person.example", "--dry-run")
    done = receipt(shop, "email=canary@person.example")
    # Only the line of somebody else still mentions them, and the receipt says so.
    left = canaries_in(shop.folder / "target", CANARIES)
    assert set().union(*left.values()) == {"canary@person.example"}
    assert shop.rows("select city, contact_name from groups_household order by all") == [
        ("Breda", None),
        ("Delft", "Bo"),
    ]
    assert done["tables"]["main.groups_household"] == 1
    assert done["mentions"] == {"main.profiles": 1}
    assert done["mentioning_lines"] == ["shop.people people_1.csv, line 4"]
    assert done["project_lines"] == ["models/identity/decisions.csv:2"]
    parts = [f"shop.vip vip_{part}.csv{end}" for part in (1, 2) for end in ("", ".ok")]
    assert done["exported"] == ["shop.homes homes.csv", *parts]
    for listed in (*done["mentioning_lines"], *done["project_lines"], *done["exported"]):
        assert listed in dry.stdout
    assert canaries_in(shop.folder / "drop", ("Canaria",)).keys() > {"homes.csv"}
    shop.build()
    groups = shop.rows("select * from groups_household order by all")
    assert shop.rows("select id, city, contact_name from groups_household order by all") == [
        ("H1", "Gouda", None),
        ("H2", "Delft", "Bo"),
        ("H3", "Breda", None),
    ]
    assert "homes.csv" not in canaries_in(shop.folder / "drop", ("Canaria",))
    assert "Nothing new" in shop.run("build").stdout
    shop.build("--full-refresh")
    assert shop.rows("select * from groups_household order by all") == groups
    # The partner sends them again.
    shop.drop("contacts.csv", "household,email,name\nH1,canary@person.example,Canaria\n")
    shop.build()
    assert shop.rows("select count(*) from groups_household where contact_name = 'Canaria'") == [
        (0,)
    ]
