"""What a program sees of a warehouse that it opens with DuckDB, and not with runner."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.engine.schema import prepare
from runner.warehouse.ledger import store_build


def make(path: Path, build_id: str) -> Path:
    """Make a warehouse of one build, with a view of that."""
    with DuckDBWarehouse.open(path) as warehouse:
        prepare(warehouse)
        store_build(warehouse, build_id)
        warehouse.connection.execute("create view main.builds as select * from runner.published")
    return path


def build_of(connection: duckdb.DuckDBPyConnection) -> str:
    found = connection.execute("select build_id from runner.published").fetchone()
    assert found is not None
    return str(found[0])


def test_connections_of_a_process_share_the_file_that_is_open(tmp_path: Path) -> None:
    path = make(tmp_path / "warehouse.duckdb", "a")
    with duckdb.connect(str(path), read_only=True):
        make(tmp_path / "next.duckdb", "b").replace(path)
        with duckdb.connect(str(path), read_only=True) as second:
            assert build_of(second) == "a"
    with duckdb.connect(str(path), read_only=True) as later:
        assert build_of(later) == "b"


def test_who_opens_a_file_for_writing_locks_readers_out(tmp_path: Path) -> None:
    path = make(tmp_path / "warehouse.duckdb", "a")
    holder = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(duckdb.IOException, match="Could not set lock on file"):
            duckdb.connect(str(path), read_only=True)
        process.communicate()
    duckdb.connect(str(path), read_only=True).close()


def test_warehouses_are_compared_and_their_views_read_under_any_name(tmp_path: Path) -> None:
    paths = [make(tmp_path / f"{name}.duckdb", name) for name in ("now", "earlier")]
    with duckdb.connect() as connection:
        for path in paths:
            connection.execute(f"attach '{path}' as {path.stem} (read_only)")
        query = "select now.builds.build_id, old.build_id from now.builds, earlier.builds as old"
        assert connection.execute(query).fetchall() == [("now", "earlier")]


def test_view_with_a_function_of_runner_is_for_runner_alone(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.create_function("telephone_number", lambda text: text, ["varchar"], "varchar")
        connection.execute("create view phones as select telephone_number('1') as phone")
    with (
        duckdb.connect(str(path), read_only=True) as connection,
        pytest.raises(duckdb.CatalogException, match="telephone_number does not exist"),
    ):
        connection.execute("select * from phones")
