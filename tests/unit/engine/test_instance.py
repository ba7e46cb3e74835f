"""An engine that had one file open opens the next, which finds nothing of the first."""

from dataclasses import replace
from pathlib import Path

import pytest

from runner.engine.duckdb import instance
from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.errors import ExecutionError, Location
from runner.model import Model

MODEL = Model("kept", "select 1 as n", "kept", "table", "kept.sql", (Location("kept.sql"),))
FOUND = replace(
    MODEL,
    sql="""
    select
        current_setting('threads'),
        getvariable('salt'),
        current_setting('force_compression'),
        (select list_sort(list(database_name)) from duckdb_databases() where not internal),
        (select list(table_name) from duckdb_tables())
    """,
)
THREADS = 3


def open_file(path: Path, *, read_only: bool = False) -> DuckDBWarehouse:
    return DuckDBWarehouse.open(path, read_only=read_only, threads=THREADS)


def fill(path: Path, hook: str = "") -> instance.Instance:
    """Make a table, and leave settings, a variable and a temporary table; return the engine."""
    with open_file(path) as warehouse:
        warehouse.create(MODEL)
        warehouse.create(replace(MODEL, relation="seen"), is_temporary=True)
        warehouse.set_variable("salt", "s")
        warehouse.settle()
        if hook:
            warehouse.run_hook(replace(MODEL, sql=hook))
        return warehouse._instance


def test_next_file_is_opened_by_the_same_engine(tmp_path: Path) -> None:
    first = fill(tmp_path / "first.duckdb")
    with open_file(tmp_path / "second.duckdb") as second:
        assert second._instance is first
        assert second.read(FOUND) == [(THREADS, None, "auto", ["memory", "second"], None)]
    assert not (tmp_path / "second.duckdb.wal").exists()
    with open_file(tmp_path / "first.duckdb", read_only=True) as again:
        assert again._instance is first
        assert again.count("kept") == 1
        with pytest.raises(ExecutionError, match="read-only"):
            again.create(MODEL)


def test_files_that_are_open_at_once_have_an_engine_each(tmp_path: Path) -> None:
    first = fill(tmp_path / "first.duckdb")
    with (
        open_file(tmp_path / "first.duckdb", read_only=True) as one,
        open_file(tmp_path / "first.duckdb", read_only=True) as other,
    ):
        assert one._instance is first
        assert other._instance is not first
        assert one.count("kept") == other.count("kept") == 1


@pytest.mark.parametrize(
    "hook", ["set threads = 1", "attach ':memory:' as crm", "set force_compression = 'rle'"]
)
def test_engine_that_a_hook_may_have_changed_ends(tmp_path: Path, hook: str) -> None:
    first = fill(tmp_path / "first.duckdb", hook)
    with open_file(tmp_path / "second.duckdb") as second:
        assert second._instance is not first
        assert second.read(FOUND) == [(THREADS, None, "auto", ["memory", "second"], None)]


def test_other_limits_need_another_engine(tmp_path: Path) -> None:
    first = fill(tmp_path / "first.duckdb")
    with DuckDBWarehouse.open(tmp_path / "second.duckdb", threads=1) as second:
        assert second._instance is not first
        assert second.read(FOUND)[0][0] == 1


def test_file_that_is_no_warehouse_leaves_the_engine_to_others(tmp_path: Path) -> None:
    fill(tmp_path / "first.duckdb")
    path = tmp_path / "notes.duckdb"
    path.write_text("hello " * 1000)
    with pytest.raises(ExecutionError, match=r"cannot open the warehouse notes\.duckdb"):
        open_file(path)
    with open_file(tmp_path / "first.duckdb") as first:
        assert first.count("kept") == 1


@pytest.mark.parametrize("name", ["memory", "main", "temp", "System"])
def test_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    fill(tmp_path / f"{name}.duckdb")
    with open_file(tmp_path / f"{name}.duckdb", read_only=True) as warehouse:
        assert warehouse.count("kept") == 1
