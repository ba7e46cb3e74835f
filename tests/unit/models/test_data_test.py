"""A data test passes where its query returns no row, and says how many fail."""

from pathlib import Path
from typing import Any, cast

import pytest

from runner.compile.data_test import DataTest
from runner.definitions.model_file import DataTestConfig
from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.errors import Location
from runner.model import Model
from runner.models.data_test import run_data_test
from runner.models.source_tables import SourceTables
from runner.result import NodeResult


class NoTables:
    def provide(self, sources: object) -> None:
        pass


def result(rows: int, folder: Path, **config: Any) -> NodeResult:
    model = Model(
        "known it's",
        f"select range as id, 'a,b' as name from range({rows})",
        "",
        "read",
        "known.sql",
        (Location("tests/known.sql"),),
    )
    test = DataTest(model, DataTestConfig(**config), ())
    with DuckDBWarehouse.open(Path(":memory:")) as warehouse:
        return run_data_test(warehouse, test, cast(SourceTables, NoTables()), folder)


@pytest.mark.parametrize(
    ("rows", "status", "message"),
    [
        (0, "pass", ""),
        (1, "fail", "1 row fails; see target/compiled/known.sql"),
        (1200, "fail", "1,200 rows fail; see target/compiled/known.sql"),
    ],
)
def test_message_says_how_many_rows_fail(
    rows: int, status: str, message: str, tmp_path: Path
) -> None:
    found = result(rows, tmp_path)
    assert (found.status, found.rows, found.message) == (status, rows, message)


@pytest.mark.parametrize(
    ("config", "statuses"),
    [
        ({"severity": "warn"}, ["pass", "warn", "warn"]),
        ({"error_if": ">1"}, ["pass", "warn", "fail"]),
        ({"error_if": "> 1", "warn_if": "between 2 and 3"}, ["pass", "pass", "fail"]),
        ({"severity": "warn", "warn_if": ">=2", "error_if": ">0"}, ["pass", "pass", "warn"]),
        ({"error_if": "!=1", "warn_if": "=1"}, ["fail", "warn", "fail"]),
        ({"error_if": ">1", "limit": 1}, ["pass", "warn", "warn"]),
    ],
)
def test_thresholds_decide_what_a_number_of_failing_rows_is(
    config: dict[str, Any], statuses: list[str], tmp_path: Path
) -> None:
    found = [result(rows, tmp_path, **config) for rows in (0, 1, 2)]
    assert [one.status for one in found] == statuses
    assert [one.exit_code for one in found] == [int(status == "fail") for status in statuses]


def test_stored_failures_are_those_of_the_last_run(tmp_path: Path) -> None:
    path = tmp_path / "test_failures/known_it_s.csv"
    found = result(3, tmp_path, store_failures=True, limit=2)
    assert (found.rows, found.message) == (
        2,
        "2 rows fail; see target/test_failures/known_it_s.csv",
    )
    assert path.read_text("utf-8") == 'id,name\n0,"a,b"\n1,"a,b"\n'
    assert result(0, tmp_path, store_failures=True).status == "pass"
    assert not path.exists()
