"""The starter project serves both engines: one dialect, or macros of each by dispatch."""

from pathlib import Path

import pytest

from runner.workspace.starter import start_project
from tests.functional.twin import Twin
from tests.spark.test_spark_build import Runner

SENT = "in/segments/vip.csv"


def test_starter_is_the_same_on_both_engines(
    tmp_path: Path, remote: str, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARK_REMOTE", remote)
    start_project(tmp_path)
    target = tmp_path / "target"
    for name in ("local", "cluster"):
        runner(tmp_path, "build", "--target", name)
    assert Twin(tmp_path, remote).differences(target / "warehouse.duckdb") == {}
    sent = (target / "drop" / SENT).read_bytes()
    assert (target / "cluster_drop" / SENT).read_bytes() == sent
    assert "no row was applied" in runner(tmp_path, "build", "--target", "cluster")
    assert (target / "cluster_drop" / SENT).read_bytes() == sent
