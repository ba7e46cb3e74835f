"""What each node of a project depends on."""

from pathlib import Path

from runner.compile.graph import Graph, build_graph
from runner.workspace.workspace import open_workspace
from tests.unit.definitions.small_project import project

MART = "select count(*) as members from {{ ref('vip') }}\n"
MARTS = """\
models:
  - name: counts
    columns:
      - {name: members, tests: [not_null]}
"""


def graph(folder: Path) -> Graph:
    project(folder)
    marts = folder / "models/marts"
    marts.mkdir(parents=True)
    (marts / "counts.sql").write_text(MART)
    (marts / "counts.yml").write_text(MARTS)
    workspace = open_workspace(folder)
    return build_graph(workspace.project, workspace.compiled())


def test_each_node_comes_after_those_it_depends_on(tmp_path: Path) -> None:
    nodes = graph(tmp_path).nodes
    names = list(nodes)
    assert all(
        names.index(parent) < names.index(name)
        for name, node in nodes.items()
        for parent in node.depends_on
    )
    assert names[0] == "shop.people"
    assert nodes["vip"].depends_on == ("shop.people",)
    assert nodes["counts"].depends_on == ("vip",)


def test_an_export_waits_for_all_imports_and_its_segment(tmp_path: Path) -> None:
    made = graph(tmp_path)
    assert set(made.nodes["shop.vip"].depends_on) == {"shop.people", "vip"}
    assert made.upstream("shop.vip") == {"shop.people", "vip"}


def test_all_that_depends_on_a_node_is_found_however_far(tmp_path: Path) -> None:
    (test,) = [node.name for node in graph(tmp_path).nodes.values() if node.kind == "test"]
    assert graph_below(tmp_path / "again") == {"vip", "counts", "shop.vip", test}


def graph_below(folder: Path) -> set[str]:
    folder.mkdir()
    return graph(folder).downstream("shop.people")
