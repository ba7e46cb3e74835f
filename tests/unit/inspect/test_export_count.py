"""Export goals are counted one by one: one that cannot be counted does not stop the others."""

from pathlib import Path

import pytest

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.errors import ExecutionError
from runner.inspect import export_count
from runner.inspect.export_count import count_exports
from runner.orchestrate.build import BuildOptions, run_build
from runner.warehouse.tables import known_properties
from runner.workspace.workspace import Workspace, open_workspace

GOALS = """\
connection: shop
type: local
path: drop
goals:
  - name: people
    kind: import_profiles
    files: {people: people.csv}
    identify: {create_profiles: true, by: [{id: id}]}
  - name: homes
    kind: export_groups
    group_type: home
    directory: out
    file_name: homes.csv
    columns: [{header: ID, property: home}]
  - name: vip
    kind: export_profiles
    segment: vip
    directory: out
    file_name: vip.csv
    columns: [{header: ID, property: id}]
"""
FILES = {
    "runner_project.yml": "name: acme\n",
    "connections/shop.yml": GOALS,
    "drop/people.csv": "id\n1\n2\n",
    "models/groups/home.yml": "properties: {home: {identifier: true}}\n",
    "models/properties.yml": "properties: {id: {identifier: true}}\n",
    "models/segments/vip.sql": "select profile_id from {{ ref('profiles') }}\n",
}


@pytest.fixture
def built(tmp_path: Path) -> Workspace:
    for path, text in FILES.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    workspace = open_workspace(tmp_path)
    result = run_build(workspace, BuildOptions())
    assert result.exit_code == 0, result
    return workspace


def test_goal_whose_properties_cannot_be_read_does_not_stop_the_others(
    built: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(warehouse: DuckDBWarehouse, workspace: Workspace, of_groups: str = ""):
        if of_groups:
            raise ExecutionError("the columns of its groups cannot be read")
        return known_properties(warehouse, workspace)

    monkeypatch.setattr(export_count, "known_properties", refused)
    homes, vip = count_exports(built)
    assert homes.error is not None
    assert (homes.name, homes.error.exit_code) == ("shop.homes", 1)
    assert (vip.name, vip.error, vip.members, vip.exportable) == ("shop.vip", None, 2, 2)


def test_segment_that_no_build_has_made_is_named_at_its_line(built: Workspace) -> None:
    file = built.project.root / "models/segments/gold.sql"
    file.write_text(FILES["models/segments/vip.sql"], encoding="utf-8")
    connection = built.project.root / "connections/shop.yml"
    connection.write_text(GOALS.replace("segment: vip", "segment: gold"), encoding="utf-8")
    *_, gold = count_exports(open_workspace(built.project.root))
    assert str(gold.error) == (
        "connections/shop.yml:17:14: the segment 'gold' is not in the warehouse: no build has made"
        " it yet\n  `runner build --select +shop.vip` builds it, and exports it then"
    )
