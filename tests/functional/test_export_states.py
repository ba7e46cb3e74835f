"""Export goals that were edited since they last ran: `state:modified`."""

import json
from pathlib import Path

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PEOPLE = """\
- name: people
  kind: import_profiles
  files: {people: people.csv}
  identify: {by: [{id: people.id}]}
  map: {spent: people.spent}
"""
EXPORT = """\
- name: out
  kind: export_profiles
  title: Ours
  segment: vip
  file_name: out.csv
  format: {separator: ";"}
  columns:
    - {header: ID, property: id}
    - {header: SPENT, expression: "{{ doubled('spent') }} + {{ var('more') }}"}
"""
PROJECT = "name: shop\ntargets: {local: {warehouse: target/warehouse.duckdb, threads: 1}}\n"
DOUBLED = "{% macro doubled(name) %}{{ name }} * 2{% endmacro %}\n"


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    """The project, built once."""
    shared_shop.write("runner_project.yml", f"{PROJECT}vars: {{more: 1}}\n")
    shared_shop.properties("id: {identifier: true}\nspent: integer")
    shared_shop.goals(PEOPLE + EXPORT)
    shared_shop.write("macros/doubled.sql", DOUBLED)
    shared_shop.write("models/segments/vip.sql", "select profile_id from {{ ref('profiles') }}\n")
    shared_shop.drop("people.csv", "id,spent\na,10\n")
    assert states(shared_shop) == "shop.out  new, not exported yet\n"
    shared_shop.build()
    return shared_shop


@pytest.fixture
def shop(built_shop: Workshop, tmp_path: Path) -> Workshop:
    return built_shop.copied(tmp_path / "built")


def states(shop: Workshop, *options: str) -> str:
    ended = shop.run("ls", "--state", "--select", "out", *options)
    assert ended.code == 0, ended.told
    return ended.stdout


def edit(shop: Workshop, *changes: tuple[str, str]) -> None:
    goals = PEOPLE + EXPORT
    for before, after in changes:
        assert before in goals
        goals = goals.replace(before, after)
    shop.goals(goals)


def modified(shop: Workshop) -> list[str]:
    return shop.run("ls", "--select", "state:modified").stdout.split()[1::2]


def test_edited_export_is_told_and_selected(shop: Workshop) -> None:
    assert modified(shop) == []
    shop.build()
    assert states(shop) == "shop.out  unchanged\n"
    edit(
        shop,
        ('";"', '"|"'),
        ("    - {header: ID, property: id}\n", ""),
        ("spent') }} +", "spent') }} -"),
        ("segment: vip", "segment: vip\n  trigger: '{name}.ok'"),
    )
    shop.write(
        "models/segments/vip.sql", "select profile_id from {{ ref('profiles') }} where 1=1\n"
    )
    assert states(shop).splitlines() == [
        "shop.out  modified since it was exported:",
        "  the column 'SPENT' changed (connections/shop.yml:18:9)",
        "  `format.separator` changed (connections/shop.yml:16:14)",
        "  `trigger` is new (connections/shop.yml:14:5)",
        "  the column 'ID' is gone (connections/shop.yml:17:5)",
    ]
    told = json.loads(states(shop, "--output", "json"))
    assert (told["name"], told["state"], len(told["changes"])) == ("shop.out", "modified", 4)
    assert modified(shop) == ["vip", "shop.out"]
    results = shop.build("--select", "state:modified")
    assert {"vip", "shop.out"} == set(results)
    assert (shop.folder / "drop/out.csv").read_text() == "SPENT\n19\n"
    assert modified(shop) == []


def test_macro_and_variable_of_a_column_are_named(shop: Workshop) -> None:
    shop.write("runner_project.yml", f"{PROJECT}vars: {{more: 2}}\n")
    shop.write("macros/doubled.sql", DOUBLED.replace("* 2", "* 3"))
    assert states(shop).splitlines()[1:] == [
        "  variable more changed (connections/shop.yml:18:9)",
        "  macro doubled changed (macros/doubled.sql:1:1)",
    ]


def test_other_order_of_columns_is_a_change(shop: Workshop) -> None:
    edit(
        shop,
        ("{header: ID, property: id}", "{header: ID, property: id}\n    - {header: X, text: x}"),
    )
    assert states(shop).splitlines()[1:] == ["  the column 'X' is new (connections/shop.yml:18:9)"]
    shop.build()
    edit(shop, ("  columns:\n", "  columns:\n    - {header: X, text: x}\n"))
    assert states(shop).splitlines()[1:] == [
        "  the order of `columns` changed (connections/shop.yml:16:5)"
    ]


def test_what_changes_no_file_changes_no_state(shop: Workshop) -> None:
    edit(
        shop,
        (
            "title: Ours",
            "title: Theirs\n  description: To them\n  tags: [daily]\n  max_change: 90%",
        ),
        ("  segment: vip", "  on_error: stop\n  segment: vip"),
    )
    file = shop.folder / "connections/shop.yml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("goals:", "labels: [x]\nschedule: {every: 1h}\nnotify: {}\ngoals:"), "utf-8"
    )
    assert states(shop) == "shop.out  unchanged\n"


def test_export_that_failed_is_still_another(shop: Workshop) -> None:
    edit(shop, ("doubled('spent')", "doubled('spend')"))
    assert shop.run("build").code == 1
    assert modified(shop) == ["shop.out"]
    edit(shop)
    assert modified(shop) == []
    # What an earlier version sent: nothing tells how it was.
    (shop.folder / "target/sent/local/shop.out.definition.json").unlink()
    assert modified(shop) == ["shop.out"]
