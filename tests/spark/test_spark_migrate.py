"""A warehouse of DuckDB becomes one of a cluster, which goes on where it was."""

from pathlib import Path

from tests.servers.command import LoadedRunner
from tests.spark.test_spark_build import FILES, LATER, Runner, compared, written

SHOP = FILES["connections/shop.yml"]
EXPORT = """\
  - name: out
    kind: export_profiles
    segment: spenders
    file_name: "{change}.csv"
    changes: added_changed_removed
    columns: [{header: EMAIL, property: email}, {header: SPENT, property: spent}]
    key: [EMAIL]
"""
MORE = {
    # A macro that each engine has its own way of, so that definitions differ.
    "connections/shop.yml": SHOP.replace(
        "map: {first_name: people.name}",
        "process: [{set: {shown: \"{{ lower_case('people.name') }}\"}}]\n"
        "    map: {first_name: shown}\n    map_rest: {prefix: also_}",
    )
    + EXPORT,
    "models/marts/none.sql": "{{ config(materialized='table') }}\n"
    "select profile_id from {{ ref('profiles') }} where false\n",
}


def unequal(folder: Path) -> dict[str, tuple[list[str], list[str]]]:
    return {name: pair for name, pair in compared(folder).items() if pair[0] != pair[1]}


def test_build_after_a_migration_applies_nothing_and_later_files_as_duckdb_does(
    tmp_path: Path, remote: str, runner: Runner, run_runner: LoadedRunner
) -> None:
    written(tmp_path, {**FILES, **MORE}, remote)
    runner(tmp_path, "build", "--target", "local")
    shown = runner(tmp_path, "migrate", "--from", "local")
    assert "is published on cluster" in shown
    assert unequal(tmp_path) == {}
    sent = (tmp_path / "landing/added.csv").stat()
    shown = runner(tmp_path, "build")
    assert "Nothing new to import" in shown
    assert (tmp_path / "landing/added.csv").stat() == sent
    assert unequal(tmp_path) == {}
    (tmp_path / "landing/orders_2.csv").write_text(LATER, encoding="utf-8")
    files = {}
    for target in ("local", "cluster"):
        runner(tmp_path, "build", "--target", target, "--replace-files")
        files[target] = [
            path.read_bytes() for path in sorted((tmp_path / "landing").glob("*ed.csv"))
        ]
    assert unequal(tmp_path) == {}
    assert files["local"] == files["cluster"]
    assert len(files["local"]) == 3
    again = run_runner(tmp_path, "migrate", "--from", "local")
    assert again.code == 2
    assert "target cluster has a warehouse already" in again.stderr
