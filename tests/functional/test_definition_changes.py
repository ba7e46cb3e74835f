"""What in a goal's definition makes its files be imported again, and how that is told (F5)."""

import json
from pathlib import Path
from textwrap import indent

import pytest

from tests.functional.workshop import Workshop, new_workshop
from tests.servers.command import LoadedRunner

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
id: {identifier: true}
email: {identifier: true, ignore: [none]}
city: {description: Where they live}
spent: decimal
"""
GROUPS = """\
properties:
  code: {identifier: true}
  size: integer
"""
EVENT = """\
properties:
  place: text
  amount: decimal
nested:
  bag:
    identifier: id
    properties: {id: text, weight: decimal}
"""
MACRO = """\
{% macro tidy(column) %}{{ lowered(column) }}{% endmacro %}
"""
LOWERED = """\
{% macro lowered(column) %}lower({{ column }}){% endmacro %}
"""
GOALS = """\
- name: visits
  kind: import_profiles
  title: Visits
  tags: [daily]
  files:
    visits: {path: visits.csv, format: {decimal: "."}}
    shops: {path: shops.csv, join: {shop: visits.shop}}
  format: {separator: ","}
  process:
    - drop: "visits.amount = '0'"
    - set: {mail: "{{ tidy('visits.email') }}"}
    - keep: "visits.amount <> '{{ var('junk') }}'"
    - keep: "visits.amount <> '{{ env_var('NONE', 'x') }}'"
  key: visits.number
  deleted_when: "visits.amount = '-1'"
  identify:
    by: [{id: visits.id}, {email: mail}]
  map:
    city: shops.city
    spent: {from: visits.amount, strategy: sum}
  max_rejects: 50%
  events:
    - type: visit
      id: visits.number
      at: visits.at
      properties: {place: shops.city, amount: visits.amount}
      nested:
        bag: {id: visits.bag, weight: visits.weight}
- name: houses
  kind: import_groups
  group_type: house
  files: {houses: houses.csv}
  identify: {by: [{code: houses.code}]}
  map: {size: houses.size}
"""
FILES = {
    "visits.csv": "number,id,email,shop,amount,at,bag,weight,note\n"
    "1,a,A@x.nl,s1,2.50,2025-01-01 10:00:00,b1,3,n\n",
    "shops.csv": "shop,city,town\ns1,Delft,Delft\n",
    "houses.csv": "code,size,rooms\nh1,3,4\n",
}
YML = "connections/shop.yml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, run_runner: LoadedRunner) -> Workshop:
    shop = new_workshop(tmp_path_factory.mktemp("definition") / "shop", run_runner)
    shop.write("runner_project.yml", (shop.folder / "runner_project.yml").read_text() + VARS)
    shop.properties(PROPERTIES)
    shop.write("models/groups/house.yml", GROUPS)
    shop.write("models/events/visit.yml", EVENT)
    shop.write("macros/tidy.sql", MACRO)
    shop.write("macros/lowered.sql", LOWERED)
    shop.goals(GOALS)
    for name, content in FILES.items():
        shop.drop(name, content)
    shop.build()
    return shop


VARS = "vars: {junk: '99'}\n"


def states(shop: Workshop, *options: str) -> str:
    ended = shop.run("ls", "--state", *options)
    assert ended.code == 0, ended.told
    return ended.stdout


@pytest.fixture
def edited(built: Workshop) -> Workshop:
    """The project as it was built; what a test edits is put back."""
    return built


def state_after(shop: Workshop, file: str, old: str, new: str) -> str:
    """Return the states of the goals after an edit, which is undone."""
    path: Path = shop.folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old)
    path.write_text(text.replace(old, new), encoding="utf-8")
    try:
        return states(shop)
    finally:
        path.write_text(text, encoding="utf-8")


def modified(changes: str, goal: str = "shop.visits") -> str:
    told = {"shop.visits": "shop.visits  unchanged\n", "shop.houses": "shop.houses  unchanged\n"}
    told[goal] = f"{goal}  modified, imported again:\n  {changes}\n"
    return "".join(told.values())


UNCHANGED = "shop.visits  unchanged\nshop.houses  unchanged\n"

EDITS = {
    "format of a source": (YML, 'decimal: "."', 'decimal: ","',
        "`files.visits.format.decimal` changed (connections/shop.yml:10:52)"),
    "format of the goal": (YML, 'separator: ","', 'separator: ";"',
        "`format.separator` changed (connections/shop.yml:12:25)"),
    "join": (YML, "join: {shop: visits.shop}", "join: {shop: visits.id}",
        "`files.shops.join.shop` changed (connections/shop.yml:11:45)"),
    "pick": (YML, "shops.csv,", "shops.csv, pick: latest,",
        "`files.shops.pick` changed (connections/shop.yml:11:38)"),
    "required": (YML, "shops.csv,", "shops.csv, required: true,",
        "`files.shops.required` changed (connections/shop.yml:11:42)"),
    "order of files": (YML, "visits.csv,", "visits.csv, order_by: name,",
        "`files.visits.order_by` changed (connections/shop.yml:10:44)"),
    "a step": (YML, "amount = '0'", "amount = '1'",
        "`process.1.drop` changed (connections/shop.yml:14:15)"),
    "key": (YML, "key: visits.number", "key: visits.id",
        "`key` changed (connections/shop.yml:18:10)"),
    "deleted_when": (YML, "= '-1'", "= '-2'",
        "`deleted_when` changed (connections/shop.yml:19:19)"),
    "identifier of a row": (YML, "by: [{id: visits.id}", "by: [{id: visits.number}",
        "`identify.by.1.id` changed (connections/shop.yml:21:17)"),
    "create_profiles": (YML, "  by: [{id:", "  create_profiles: false\n      by: [{id:",
        "`identify.create_profiles` changed (connections/shop.yml:21:24)"),
    "mapped column": (YML, "city: shops.city\n", "city: shops.town\n",
        "`map.city` changed (connections/shop.yml:23:13)"),
    "strategy": (YML, "strategy: sum", "strategy: set",
        "`map.spent` changed (connections/shop.yml:24:14)"),
    "mapping that goes": (YML, "      city: shops.city\n", "",
        "`map.city` is gone (connections/shop.yml:23:7)"),
    "map_rest": (YML, "  max_rejects: 50%", "  map_rest: true",
        "`map_rest.strategy` is new (connections/shop.yml:25:15)"),
    "time of an event": (YML, "at: visits.at", "at: visits.amount",
        "`events.1.at` changed (connections/shop.yml:29:13)"),
    "property of an event": (YML, "place: shops.city", "place: shops.town",
        "`events.1.properties.place` changed (connections/shop.yml:30:29)"),
    "nested property of an event": (YML, "weight: visits.weight", "weight: visits.amount",
        "`events.1.nested.bag.weight` changed (connections/shop.yml:32:41)"),
    "event that goes": (YML, indent(GOALS[GOALS.index("  events:"):GOALS.index("- name: houses")],
        "  "), "", "`events.1` is gone (connections/shop.yml:5:11)"),
    "type of a property": ("models/properties.yml", "spent: decimal", "spent: integer",
        "property spent: `type` changed (models/properties.yml:5:10)"),
    "list or not": ("models/properties.yml", "city: {", "city: {multi: true, ",
        "property city: `multi` changed (models/properties.yml:4:17)"),
    "property that finds profiles": (
        "models/properties.yml",
        "city: {",
        "city: {identifier: true, ",
        "property city: finds profiles now (models/properties.yml:4:22)",
    ),
    "ignored values": ("models/properties.yml", "[none]", "[none, x]",
        "property email: `ignore` changed (models/properties.yml:3:37)"),
    "shortest value": ("models/properties.yml", "ignore: [none]", "ignore: [none], min_length: 3",
        "property email: `min_length` changed (models/properties.yml:3:57)"),
    "property of an event type": ("models/events/visit.yml", "amount: decimal", "amount: integer",
        "event type visit: property amount: `type` changed (models/events/visit.yml:3:11)"),
    "property of a list": ("models/events/visit.yml", "weight: decimal", "weight: integer",
        "event type visit: property weight: `type` changed (models/events/visit.yml:7:36)"),
    "items of a list": ("models/events/visit.yml", "    identifier: id\n", "",
        "event type visit: `identifier` is gone (models/events/visit.yml:6:5)"),
    "macro": ("macros/tidy.sql", "{{ lowered(column) }}", "trim({{ lowered(column) }})",
        "macro tidy changed (macros/tidy.sql:1:1)"),
    "macro of a macro": ("macros/lowered.sql", "lower(", "upper(",
        "macro lowered changed (macros/lowered.sql:1:1)"),
    "variable": ("runner_project.yml", "'99'", "'98'",
        "variable junk changed (connections/shop.yml:16:15)"),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_edit_that_changes_the_result_is_named_with_its_location(
    edited: Workshop, edit: str
) -> None:
    file, old, new, told = EDITS[edit]
    assert state_after(edited, file, old, new) == modified(told)


GROUP_EDITS = {
    "type of a property": ("models/groups/house.yml", "size: integer", "size: decimal",
        "property size: `type` changed (models/groups/house.yml:3:9)"),
    "mapped column": (YML, "size: houses.size", "size: houses.rooms",
        "`map.size` changed (connections/shop.yml:38:17)"),
}  # fmt: skip


@pytest.mark.parametrize("edit", GROUP_EDITS)
def test_edit_of_a_group_type_concerns_its_goals_alone(edited: Workshop, edit: str) -> None:
    file, old, new, told = GROUP_EDITS[edit]
    assert state_after(edited, file, old, new) == modified(told, "shop.houses")


HARMLESS = {
    "title": (YML, "title: Visits", "title: All visits"),
    "description": (YML, "title: Visits", "description: All visits"),
    "tags": (YML, "[daily]", "[daily, weekly]"),
    "labels": (YML, "path: drop", "path: drop\nlabels: [shop]"),
    "schedule": (YML, "path: drop", "path: drop\nschedule: {every: 1h}"),
    "notify": (YML, "path: drop", "path: drop\nnotify: {webhooks: [https://x.nl/hook]}"),
    "retries": (YML, "path: drop", "path: drop\nretries: 9"),
    "enabled": (YML, "title: Visits", "enabled: true"),
    "max_rejects": (YML, "max_rejects: 50%", "max_rejects: 60%"),
    "done_suffix": (YML, "title: Visits", "done_suffix: true"),
    "ready": (YML, "title: Visits", "ready: {stable_for: 1s}"),
    "path": (YML, "path: visits.csv", "path: visits*.csv"),
    "spelling of a default": (YML, "shops.csv,", "shops.csv, pick: all,"),
    "description of a property": ("models/properties.yml", "Where they live", "Where they sleep"),
    "pii": ("models/properties.yml", "city: {", "city: {pii: true, "),
    "property that no goal fills": ("models/properties.yml", "spent: decimal", "spent: decimal\n  x:"),
    "title of an event type": ("models/events/visit.yml", "properties:\n  place", "title: V\nproperties:\n  place"),
    "comment in a macro": ("macros/lowered.sql", "{% macro", "{# as they are typed #}{% macro"),
    "threads": ("runner_project.yml", "threads: 1", "threads: 2"),
}  # fmt: skip


@pytest.mark.parametrize("edit", HARMLESS)
def test_edit_that_changes_no_result_changes_nothing(edited: Workshop, edit: str) -> None:
    assert state_after(edited, *HARMLESS[edit]) == UNCHANGED


def test_environment_is_named_where_it_made_the_difference(edited: Workshop) -> None:
    shop = Workshop(edited.folder, edited.runner, {"NONE": "y"})
    assert states(shop) == modified(
        "environment variable NONE changed (connections/shop.yml:17:15)"
    )


def test_template_that_the_project_replaces_is_part_of_the_goal(edited: Workshop) -> None:
    built_in = Path("runner/sql/import/ledger/outcomes.sql").read_text(encoding="utf-8")
    own = edited.write("models/import/ledger/outcomes.sql", built_in)
    try:
        told = states(edited)
    finally:
        own.unlink()
    assert told.count("the template models/import/ledger/outcomes.sql is new") == 2


def test_own_form_of_a_template_that_moved_is_a_fault(edited: Workshop) -> None:
    own = edited.write("models/import/people.sql", "select 1\n")
    try:
        ended = edited.run("ls")
    finally:
        own.unlink()
    assert ended.code == 2
    assert "models/import/people.sql:1" in ended.stderr
    assert "models/import/identity/clusters.sql" in ended.stderr


def test_scan_and_selection_tell_the_same(edited: Workshop) -> None:
    path = edited.folder / YML
    text = path.read_text(encoding="utf-8")
    assert edited.run("ls", "--select", "state:modified").stdout == ""
    path.write_text(text.replace("city: shops.city\n", "city: shops.town\n"), encoding="utf-8")
    try:
        scan = edited.run("scan", "visits")
        selected = edited.run("ls", "--select", "state:modified")
        as_json = edited.run("ls", "--state", "--select", "visits", "--output", "json")
    finally:
        path.write_text(text, encoding="utf-8")
    change = "`map.city` changed (connections/shop.yml:23:13)"
    assert f"imported again: {change}" in scan.stdout
    assert "definition changed" in scan.stdout
    assert selected.stdout.split() == ["import_profiles", "shop.visits"]
    assert json.loads(as_json.stdout) == {
        "name": "shop.visits", "kind": "import", "state": "modified", "changes": [change],
        "returning": 0,
    }  # fmt: skip
