"""The warehouse after a fatal error, and without the package that Python steps need."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.engine.project_function import ProjectFunction
from runner.errors import ExecutionError, Location
from runner.model import Model

PLACE = (Location("kept.sql"),)
MODEL = Model("kept", "select * from range(3)", "kept", "table", "kept.sql", PLACE)


def test_warehouse_that_the_engine_gave_up_on_is_opened_again(tmp_path: Path) -> None:
    with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        warehouse.set_variable("salt", "s")
        warehouse.create(MODEL)
        assert not warehouse.recover()
        warehouse.connection.close()
        with pytest.raises(ExecutionError):
            warehouse.count("kept")
        assert warehouse.recover()
        assert warehouse.count("kept") == 3
        assert warehouse.read(replace(MODEL, sql="select getvariable('salt')")) == [("s",)]


def test_wide_model_is_run_without_the_search_for_equal_expressions(tmp_path: Path) -> None:
    disabled = replace(MODEL, sql="select current_setting('disabled_optimizers') as names")
    with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        warehouse.run_wide(replace(disabled, relation="seen", materialization="temporary"))
        assert warehouse.read(replace(MODEL, sql="from seen")) == [("common_subexpressions",)]
        assert warehouse.read(disabled) == [("",)]


def test_without_pyarrow_a_python_step_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for module in ("duckdb.python_function", "python_call"):
        monkeypatch.delitem(sys.modules, f"runner.engine.{module}", raising=False)

    step = ProjectFunction(
        '"step 1"', dict, ("a",), ("b",), "m:f", dict, lambda what, _: ExecutionError(what)
    )
    with (
        DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as warehouse,
        pytest.raises(ExecutionError, match=r"pip install 'runner\[python\]'"),
    ):
        warehouse.add_function(step)
