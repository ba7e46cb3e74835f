"""What each node of a project depends on."""

from pathlib import Path

import pytest

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


FEEDS = """\
  - {name: feed, kind: import_products, files: {feed: f.csv}, id: feed.sku, map: {name: feed.name}}
  - name: houses
    kind: import_groups
    group_type: household
    files: {houses: h.csv}
    identify: {by: [{number: number}]}
  - {name: homes, kind: export_groups, group_type: household, columns: [{header: N, group_id: true}]}
"""


def above_exports(folder: Path, column: str, name: str = "shop.vip") -> set[str]:
    """Return the imports above an export whose second column is this one."""
    changed = "      - {header: EMAIL, property: email}\n"
    project(folder, "connections/shop.yml", changed, f"{changed}      - {column}\n{FEEDS}")
    workspace = open_workspace(folder)
    made = build_graph(workspace.project, workspace.compiled())
    return made.upstream(name) & {"shop.people", "shop.feed", "shop.houses"}


@pytest.mark.parametrize(
    ("column", "above"),
    [
        ("{header: NAME, property: name}", ""),
        ('{header: NAME, expression: "upper(name)"}', ""),
        ("{header: CITY, property: number, group: household}", "shop.houses"),
        ('{header: N, expression: "(select count(*) from products)"}', "shop.feed shop.houses"),
        ('{header: N, expression: "{{ a_macro() }}"}', "shop.feed shop.houses"),
    ],
)
def test_feeds_of_products_and_groups_are_above_what_reads_them_alone_x6(
    tmp_path: Path, column: str, above: str
) -> None:
    """Imports of profiles are above every export: profiles come from all of them."""
    assert above_exports(tmp_path, column) == {"shop.people", *above.split()}


def test_export_of_groups_is_below_their_import_x6(tmp_path: Path) -> None:
    above = above_exports(tmp_path, "{header: NAME, property: name}", "shop.homes")
    assert above == {"shop.people", "shop.houses"}


def test_all_that_depends_on_a_node_is_found_however_far(tmp_path: Path) -> None:
    (test,) = [node.name for node in graph(tmp_path).nodes.values() if node.kind == "test"]
    assert graph_below(tmp_path / "again") == {"vip", "counts", "shop.vip", test}


def graph_below(folder: Path) -> set[str]:
    folder.mkdir()
    return graph(folder).downstream("shop.people")
