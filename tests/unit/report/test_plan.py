"""A plan on the terminal and in a comment on a pull request."""

import html
import json
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from runner.errors import DefinitionError, Fault, Location, RunnerError
from runner.orchestrate.plan import DefinitionChange, Plan
from runner.report.plan import show_plan
from runner.report.plan_json import error_json, plan_json
from runner.report.plan_markdown import MOST, error_markdown, plan_markdown
from runner.report.printable import printable
from runner.state.node_state import NodeState
from runner.warehouse.comparison import (
    ColumnChanges,
    EventChanges,
    Example,
    SegmentChanges,
    TableChanges,
    WarehouseChanges,
)
from tests.unit.report.samples import EXPORT, FAILED, ORDERS, PASSED, VIP, build, memory_console
from tests.unit.test_docs import ROOT, sections

ID = "0b6a7c1e-3f0b-5a52-9d2f-6f1f0e0a5c11"
CITY = ColumnChanges("city", 1, 2, 1, (Example(ID, "Xxxxx", None), Example(ID, None, "Xxx" * 20)))
PROFILES = TableChanges("", 2074, 2076, 4, 4, 1, 1, 1, (CITY,))
AREAS = TableChanges("area", 319, 319, 0, 0, 0, 0, 0, ())
CHANGES = WarehouseChanges(
    PROFILES,
    (AREAS,),
    (EventChanges("order", 5, 7, 2, 1, 0), EventChanges("visit", 3, 3, 0, 0, 0)),
    (SegmentChanges("vip", 200, 203, 4, 1), SegmentChanges("idle", 5, 5, 0, 0)),
)
CHANGED = NodeState(
    "webshop.orders",
    "import",
    "modified",
    ("connections/webshop.yml:61:14: `map.city` is changed",),
)
NEW = NodeState("lapsed", "model", "new")
PLAN = Plan(
    "20261128T060000214Z",
    "",
    build(ORDERS, PASSED, VIP, replace(EXPORT, changes={"added": 4, "removed": 1})),
    "",
    CHANGES,
    (DefinitionChange(CHANGED, 4), DefinitionChange(NEW)),
    is_masked=True,
)


def shown(plan, is_verbose=False):
    console, text = memory_console(True)
    show_plan(console, plan, is_verbose=is_verbose)
    return [line.rstrip() for line in text().splitlines()]


def test_plan_is_shown_in_80_columns():
    lines = shown(PLAN)
    assert max(map(len, lines)) <= 80
    assert lines[:7] == [
        "Plan of a build, target local",
        "  Based on the warehouse of build 20261128T060000214Z.",
        "",
        "Definitions",
        "  new       lapsed",
        "  webshop.orders  modified, imported again: 4 files",
        "    connections/webshop.yml:61:14: `map.city` is changed",
    ]
    start = lines.index("Profiles: 2,074 → 2,076")
    assert lines[start + 1 : start + 8] == [
        "          4 created, 4 changed, 1 of them with a value cleared,",
        "          1 merged into others, 1 removed",
        "    property  set  changed  cleared",
        "    city        1        2        1",
        f"    city: Xxxxx → no value  {ID}",
        "    city: no value → XxxXxxXxxXxxXxxXxxXxxXx…",
        f"      {ID}",
    ]
    assert lines[lines.index("Events order: 5 → 7") + 1] == "          2 created, 1 changed"
    assert lines[lines.index("Segments") + 1 :][:2] == [
        "  segment  before  after  enter  leave",
        "  vip         200    203      4      1",
    ]
    assert "Personal data is shown as its shape" in "\n".join(lines)
    assert "A build would publish the warehouse" in lines[-2]
    assert not [line for line in lines if "area" in line or "visit" in line or "idle" in line]
    assert "  idle          5      5      0      0" in shown(PLAN, is_verbose=True)


def test_failures_and_a_build_that_runs_are_shown():
    plan = replace(
        PLAN,
        based_on="",
        running="`runner build` (process 7 on here) since noon",
        result=build(FAILED, published=False),
        unpublished="test_x failed, so the build is not published",
    )
    lines = "\n".join(shown(plan))
    assert "No warehouse yet: everything is new." in lines
    assert "A build runs, and what it changes is not in this plan" in lines
    assert "too many rejects" in lines
    assert "A build would NOT publish the warehouse: test_x failed" in lines
    assert "It would end with exit code 1." in " ".join(lines.split())


def test_markdown_has_each_part_as_a_table():
    text = plan_markdown(PLAN)
    assert text.startswith(
        "## Plan of a build, target local\n\n**A build would publish the warehouse"
    )
    for part in (
        "| city | 1 | 2 | 1 |",
        f"| {ID} | city | Xxxxx | no value |",
        "| order | 5 | 7 | 2 | 1 | 0 |",
        "| vip | 200 | 203 | 4 | 1 |",
        "4 added, 1 removed |",
        "- new: lapsed",
    ):
        assert part in text, part
    assert "visit" not in text


@pytest.mark.parametrize(
    "name",
    [
        "<script>x()</script>",
        "a|b",
        "`x`",
        "[a](http://x)",
        "@everyone",
        "\u202eevil",
        "#1",
    ],
)
def test_markdown_shows_names_and_values_as_they_are(name):
    changed = ColumnChanges(name, 1, 0, 0, (Example(ID, name, name),))
    changes = replace(CHANGES, profiles=replace(PROFILES, columns=(changed,)))
    node = replace(ORDERS, name=name, warnings=(name,))
    text = plan_markdown(replace(PLAN, changes=changes, result=build(node), definitions=()))
    (head,) = [line for line in text.splitlines() if line.startswith("- **")]
    written = head.removeprefix("- **").partition("**")[0]
    assert written != name
    # What Markdown makes of it: escapes, empty comments, entities, and no line end.
    made = re.sub(r"\\(.)", r"\1", html.unescape(written.replace("<!-- -->", "")))
    assert made == printable(name)
    (example,) = [line for line in text.splitlines() if line.startswith(f"| {ID}")]
    assert example == f"| {ID} | {written} | {written} | {written} |"
    assert "<script" not in text
    assert not re.search(r"@\w|#\d", text)


def test_error_before_anything_is_imported_is_written_too():
    fault = Fault(Location("connections/shop.yml", 3, 1), "unknown key `x|y`")
    assert error_markdown(DefinitionError([fault])).splitlines()[2:] == [
        "**A build would end with exit code 2.**",
        "",
        "- connections/shop.yml\\:3\\:1\\: unknown key \\`x\\|y\\`",
    ]
    assert json.loads(error_json(DefinitionError([fault]))) == {
        "exit_code": 2,
        "errors": [{"location": "connections/shop.yml:3:1", "message": "unknown key `x|y`"}],
    }
    found = json.loads(error_json(RunnerError("no disk", hint="buy one")))
    assert found["errors"] == [{"location": None, "message": "no disk", "hint": "buy one"}]


def test_json_has_the_keys_of_the_page():
    workspace = SimpleNamespace(project=SimpleNamespace(file=SimpleNamespace(name="acme")))
    found = json.loads(plan_json(workspace, replace(PLAN, result=build(FAILED, EXPORT))))
    table = sections(ROOT / "docs" / "plan.md")["as-json"]
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    assert re.findall(r"\w+", " ".join(cells)) == list(found)
    assert found["profiles"]["properties"][0]["changed"] == 4
    assert found["exports"][0]["files"][0]["rows"] == 1300
    assert found["errors"][0]["location"] == "connections/webshop.yml:71:5"


def test_long_markdown_is_cut_examples_first():
    columns = tuple(replace(CITY, name=f"city{number}") for number in range(500))
    changes = replace(CHANGES, profiles=replace(PROFILES, columns=columns))
    text = plan_markdown(replace(PLAN, changes=changes))
    assert "Examples" not in text
    assert "| city499 |" in text
    columns *= 20
    changes = replace(CHANGES, profiles=replace(PROFILES, columns=columns))
    text = plan_markdown(replace(PLAN, changes=changes))
    assert len(text) < MOST + 100
    assert text.endswith("…cut here: `runner plan` shows all of it.")
