"""A data test passes where its query returns no row, and says how many fail."""

from pathlib import Path
from typing import cast

import pytest

from runner.compile.compiled_project import DataTest
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import Location
from runner.model import Model
from runner.models.data_test import run_data_test
from runner.models.source_tables import SourceTables


class NoTables:
    def provide(self, sources: object) -> None:
        pass


def data_test(rows: int) -> DataTest:
    model = Model(
        "known",
        f"select * from range({rows})",
        "",
        "read",
        "known.sql",
        (Location("tests/known.sql"),),
    )
    return DataTest(model, "error", ())


@pytest.mark.parametrize(
    ("rows", "status", "message"),
    [
        (0, "pass", ""),
        (1, "fail", "1 row fails; see target/compiled/known.sql"),
        (1200, "fail", "1,200 rows fail; see target/compiled/known.sql"),
    ],
)
def test_message_says_how_many_rows_fail(rows: int, status: str, message: str) -> None:
    with Warehouse.open(Path(":memory:")) as warehouse:
        result = run_data_test(warehouse, data_test(rows), cast(SourceTables, NoTables()))
    assert (result.status, result.rows, result.message) == (status, rows, message)
