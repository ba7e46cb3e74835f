"""Exposures: declared in YAML, in the manifest, selected with what they use."""

import json

import pytest

from runner.compile.graph import build_graph
from runner.compile.selection import select_nodes
from runner.errors import DefinitionError, UsageError
from runner.orchestrate.artifacts import write_manifest
from runner.workspace.workspace import open_workspace

EXPOSURE = """\
exposures:
  - name: board
    label: The board
    type: dashboard
    maturity: high
    url: https://bi.example/board
    depends_on: [ref('second'), "ref('profiles')"]
    owner: {name: Ann, email: ann@example.com}
"""


@pytest.fixture
def folder(tmp_path):
    for path, text in {
        "runner_project.yml": "name: shop\n",
        "models/marts/first.sql": "select 1 as n\n",
        "models/marts/second.sql": "select n from {{ ref('first') }}\n",
        "models/marts/board.yml": EXPOSURE,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def test_exposure_is_selected_with_what_it_uses_and_stands_in_the_manifest(folder):
    workspace = open_workspace(folder)
    compiled = workspace.compiled()
    graph = build_graph(workspace.project, compiled)
    selected = [node.name for node in select_nodes(graph, ["+exposure:boa*"])]
    assert selected == ["first", "second"]
    assert [node.name for node in select_nodes(graph, ["1+exposure:board"])] == ["second"]
    assert select_nodes(graph, ["exposure:board"]) == []
    with pytest.raises(UsageError, match="Did you mean 'board'"):
        select_nodes(graph, ["+exposure:bord"])
    written = json.loads(write_manifest(workspace, compiled, "1").read_text())
    found = written["exposures"]["exposure.shop.board"]
    assert found["depends_on"]["nodes"] == ["model.shop.second", "table.shop.profiles"]
    assert (found["type"], found["maturity"], found["label"]) == ("dashboard", "high", "The board")
    assert found["owner"] == {"name": "Ann", "email": "ann@example.com"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "ref('second')",
            "ref('secnd')",
            ":7:1: there is no model 'secnd'. Did you mean 'second'",
        ),
        ("ref('second')", "second", ":7:18: found 'second'; expected ref('model') or source("),
        ("dashboard", "dashbord", ":4:11: found 'dashbord'. Did you mean 'dashboard'"),
        ("name: board", "name: the board", ":2:11: found 'the board'; expected letters, digits"),
        ("label: The board", "meta: {a: 1}", ":3:5: `meta` of dbt has no meaning here: write it"),
    ],
)
def test_mistakes_are_reported_at_their_line(folder, old, new, message):
    (folder / "models/marts/board.yml").write_text(EXPOSURE.replace(old, new))
    with pytest.raises(DefinitionError) as raised:
        open_workspace(folder).compiled()
    assert str(raised.value).startswith(f"models/marts/board.yml{message}")
