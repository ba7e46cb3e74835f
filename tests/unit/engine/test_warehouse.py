"""The warehouse without the package that Python steps need."""

import sys
from pathlib import Path

import pytest

from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import ExecutionError


def test_without_pyarrow_a_python_step_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "runner.engine.duckdb.python_function", raising=False)

    def failed(what: str, _: BaseException | None) -> ExecutionError:
        return ExecutionError(what)

    with (
        Warehouse.open(tmp_path / "warehouse.duckdb") as warehouse,
        pytest.raises(ExecutionError, match=r"pip install 'runner\[python\]'"),
    ):
        warehouse.add_function('"step 1"', dict, ("a",), ("b",), failed)
