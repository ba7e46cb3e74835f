"""Data tests: queries that return the rows that fail."""

import time

from runner.compile.compiled_project import DataTest
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import RunnerError, counted
from runner.models.source_tables import SourceTables
from runner.result import NodeResult, failed


def run_data_test(warehouse: Warehouse, test: DataTest, tables: SourceTables) -> NodeResult:
    """Run a data test: it passes when its query returns no row."""
    started = time.monotonic()
    try:
        tables.provide(test.sources)
        failures = warehouse.count_rows(test.model)
    except RunnerError as error:
        return failed(test.model.name, "test", error)
    status = "pass" if not failures else "warn" if test.severity == "warn" else "fail"
    message = ""
    if failures:
        rows = counted(failures, "row fails", "rows fail")
        message = f"{rows}; see target/compiled/{test.model.path}"
    return NodeResult(
        test.model.name,
        "test",
        status,
        seconds=time.monotonic() - started,
        rows=failures,
        message=message,
        location=test.model.locations[0],
        exit_code=1 if status == "fail" else 0,
    )
