"""Rows put into a table are there for what reads it next, however many they are."""

from pathlib import Path

import pytest

from runner.engine.duckdb.warehouse import DuckDBWarehouse

MANY = 200_000
"""More than a row group, which DuckDB writes on its own before the transaction ends."""


@pytest.mark.parametrize("before", [0, 10, MANY])
def test_many_rows_are_read_in_the_same_connection(tmp_path: Path, before: int) -> None:
    with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        run = warehouse.connection.execute
        run("create table counted (id bigint, value varchar)")
        run(f"insert into counted select range, 'old' from range({before})")
        run("create temp table nothing as select * from counted where false")
        run(f"create temp table changed as select range as id, 'new' as value from range({MANY})")
        with warehouse.transaction():
            warehouse.upsert("counted", "nothing", "id")
            warehouse.upsert("counted", "changed", "id")
        assert warehouse.count("counted") == MANY
        assert warehouse.count("(select * from counted where value = 'new')") == MANY


def test_many_events_are_read_in_the_same_connection(tmp_path: Path) -> None:
    with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        run = warehouse.connection.execute
        run("create table counted (id bigint)")
        run(f"create temp table fresh as select range as id, 1 as note from range({MANY})")
        with warehouse.transaction():
            warehouse.replace("counted", "fresh", "fresh", "id", ("note",))
        assert warehouse.count("counted") == MANY
