"""A transaction that begins late: what is read and made first runs outside of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.engine.duckdb.session import READS
from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.sql import read_sql

CHANGES = re.compile(r"\b(insert into|delete from|update|truncate|merge into|alter|drop)\s")


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[DuckDBWarehouse]:
    with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as opened:
        opened.connection.execute("create table files (id integer); create table kept (id integer)")
        yield opened


def fill(warehouse: DuckDBWarehouse) -> None:
    warehouse.insert("files", [{"id": 7}])


def has_begun(warehouse: DuckDBWarehouse) -> bool:
    """Tell whether two statements are in one transaction."""
    numbers = [warehouse.connection.execute("select txid_current()").fetchall() for _ in range(2)]
    return numbers[0] == numbers[1]


def test_reading_and_temporary_tables_begin_no_transaction(warehouse: DuckDBWarehouse) -> None:
    with warehouse.transaction("files", lambda: fill(warehouse)):
        assert warehouse.count("kept") == 0
        warehouse.create_temporary("numbers", "catalog.most_rows")
        assert not has_begun(warehouse)
        warehouse.insert("kept", [{"id": 1}])
        assert has_begun(warehouse)
    assert not has_begun(warehouse)
    assert (warehouse.count("files"), warehouse.count("kept")) == (1, 1)


def test_table_is_filled_for_who_reads_it_first(warehouse: DuckDBWarehouse) -> None:
    with warehouse.transaction("files", lambda: fill(warehouse)):
        assert warehouse.count("files") == 1
        assert has_begun(warehouse)


def test_table_is_filled_where_nothing_else_is_changed(warehouse: DuckDBWarehouse) -> None:
    with warehouse.transaction("files", lambda: fill(warehouse)):
        assert warehouse.count("kept") == 0
    assert warehouse.count("files") == 1


@pytest.mark.parametrize("change", [False, True])
def test_nothing_stays_of_what_fails(warehouse: DuckDBWarehouse, change: bool) -> None:
    def fail() -> None:
        with warehouse.transaction("files", lambda: fill(warehouse)):
            if change:
                warehouse.insert("kept", [{"id": 1}])
            raise ValueError("failed")

    with pytest.raises(ValueError, match="failed"):
        fail()
    assert (warehouse.count("files"), warehouse.count("kept")) == (0, 0)
    assert not has_begun(warehouse)
    # The next one is not taken for one that waits to begin.
    with warehouse.transaction():
        assert has_begun(warehouse)


def test_statement_that_begins_as_a_query_changes_nothing() -> None:
    changing = []
    for path, text in read_sql().items():
        if path.startswith("engines/") and "/spark/" not in path:
            for body in re.findall(r"{% macro [^%]*%}(.*?){% endmacro %}", text, re.DOTALL):
                plain = re.sub(r"{[#%].*?[#%]}", "", body, flags=re.DOTALL)
                if READS.match(plain) and CHANGES.search(plain):
                    changing.append((path, plain[:80]))
    assert not changing
