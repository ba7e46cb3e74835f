"""Tests read the warehouse alone (B8), and models no connection whose file is wrong."""

from pathlib import Path

from runner.models.testing import run_tests
from runner.orchestrate.build import BuildOptions, run_build
from runner.workspace.workspace import open_workspace

FILES = {
    "runner_project.yml": "name: acme\n",
    "connections/shop.yml": """\
connection: shop
type: local
path: drop
goals:
  - name: people
    kind: import_profiles
    files: {people: people.csv}
    identify: {by: [{id: people.id}]}
""",
    "drop/people.csv": "id\n1\n2\n",
    "models/properties.yml": "properties: {id: {identifier: true}}\n",
    "models/lines.sql": "select id from {{ source('shop', 'people', 'people') }}\n",
}


def write(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_command_test_can_read_no_files_and_writes_failures_alone(tmp_path: Path) -> None:
    """B8. Sources are read before the engine is locked. A model of a build can read files."""
    for path, text in FILES.items():
        write(tmp_path, path, text)
    write(tmp_path, "models/own.sql", f"from read_text('{tmp_path}/runner_project.yml')")
    assert run_build(open_workspace(tmp_path), BuildOptions()).exit_code == 0
    stored = (
        "{{ config(severity='warn', store_failures=true) }} select id from {{ ref('profiles') }}"
    )
    write(tmp_path, "tests/stored.sql", stored)
    write(tmp_path, "tests/lines.sql", FILES["models/lines.sql"] + "where id = '3'")
    write(tmp_path, "tests/reads.sql", "select * from read_text('/etc/hostname')")
    write(tmp_path, "tests/writes.sql", f"copy (select 1) to '{tmp_path}/made.csv'")
    results = {result.name: result for result in run_tests(open_workspace(tmp_path))}
    assert {name: result.status for name, result in results.items()} == {
        "lines": "pass",
        "reads": "error",
        "stored": "warn",
        "writes": "error",
    }
    assert "disabled by configuration" in results["reads"].message
    assert not (tmp_path / "made.csv").exists()
    failures = tmp_path / "target/test_failures/stored.csv"
    assert sorted(failures.read_text("utf-8").split()) == ["1", "2", "id"]


def test_source_of_a_connection_that_is_wrong_stops_its_model_alone(tmp_path: Path) -> None:
    for path, text in FILES.items():
        write(tmp_path, path, text)
    write(tmp_path, "connections/lake.yml", "connection: lake\ntype: local\npad: drop\n")
    write(tmp_path, "models/lake.sql", "select * from {{ source('lake', 'all', 'files') }}\n")
    write(tmp_path, "models/above.sql", "select * from {{ ref('lake') }}\n")
    result = run_build(open_workspace(tmp_path, leaves_broken=True), BuildOptions())
    nodes = {node.name: node for node in result.nodes}
    assert result.published
    assert (nodes["shop.people"].status, nodes["lines"].status) == ("success", "success")
    assert (nodes["lake"].status, nodes["above"].status) == ("error", "skipped")
    assert "the file of that connection is wrong" in nodes["lake"].message
