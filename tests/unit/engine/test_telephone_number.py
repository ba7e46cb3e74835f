"""The function `telephone_number` of SQL."""

import sys
from pathlib import Path

import pytest

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.engine.telephone_number import telephone_number
from runner.errors import ExecutionError
from runner.model import Model
from runner.sql.quoting import Sql

SQL = (
    "select Telephone_Number(phone, '31') from (values ('06-12345678'), (null), ('x')) as t(phone)"
)
NUMBERS = Model("numbers", SQL, Sql("numbers"), "read", "")


def test_statement_that_calls_it_knows_it(tmp_path: Path) -> None:
    with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        for _ in range(2):
            assert warehouse.read(NUMBERS) == [("+31612345678",), (None,), (None,)]


def test_library_is_asked_once_for_each_distinct_value(tmp_path: Path) -> None:
    telephone_number.cache_clear()
    sql = "select count(telephone_number('06-1234567' || i % 2, '31')) from range(5000) as t(i)"
    with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        assert warehouse.read(Model("numbers", sql, Sql("numbers"), "read", "")) == [(5000,)]
    assert telephone_number.cache_info().misses == 2


def test_library_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "runner.engine.telephone_number", None)
    needed = "needs the libraries phonenumbers and numpy"
    path = tmp_path / "warehouse.duckdb"
    with DuckDBWarehouse.open(path) as warehouse, pytest.raises(ExecutionError, match=needed):
        warehouse.read(NUMBERS)


def test_file_is_opened_again_with_the_function(tmp_path: Path) -> None:
    for _ in range(2):
        with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
            assert len(warehouse.read(NUMBERS)) == 3


def test_function_is_known_after_the_transaction_that_made_it_was_rolled_back(
    tmp_path: Path,
) -> None:
    """A goal that fails does not take the function from those after it."""

    def fail(warehouse: DuckDBWarehouse) -> None:
        with warehouse.transaction():
            assert len(warehouse.read(NUMBERS)) == 3
            raise ValueError("failed")

    with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        for _ in range(2):
            with pytest.raises(ValueError, match="failed"):
                fail(warehouse)
            assert len(warehouse.read(NUMBERS)) == 3
