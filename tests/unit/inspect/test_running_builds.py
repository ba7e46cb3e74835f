"""The history never says "running" of a build whose process is gone (B3)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from runner.history import BuildRecord
from runner.history.history import KILLED
from runner.inspect.running_builds import with_ends
from runner.warehouse.lock import locked

WAREHOUSE = "target/warehouse.duckdb"


def status(folder, started_at):
    build = BuildRecord("b1", "local", "runner build", started_at, warehouse=WAREHOUSE)
    (found,) = with_ends(folder, [build])
    return found.status


def test_build_runs_while_it_holds_the_lock(tmp_path):
    with locked(tmp_path / WAREHOUSE, "runner build"):
        assert status(tmp_path, datetime.now(UTC)) == "running"
    assert status(tmp_path, datetime.now(UTC)) == "error"


def test_build_is_dead_while_a_later_one_of_the_same_command_runs(tmp_path):
    """Also where the definitions have a mistake: nothing of them is read."""
    (tmp_path / "runner_project.yml").write_text("nonsense", "utf-8")
    with locked(tmp_path / WAREHOUSE, "runner build"):
        assert status(tmp_path, datetime.now(UTC) - timedelta(minutes=5)) == "error"


def test_build_of_an_earlier_runner_is_dead_where_its_warehouse_is_unknown(tmp_path):
    build = BuildRecord("b1", "local", "runner build", datetime.now(UTC))
    (found,) = with_ends(
        tmp_path,
        [
            build,
        ],
    )
    assert found == replace(build, status="error", reason=KILLED)
