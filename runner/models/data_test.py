"""Data tests: queries that return the rows that fail."""

import re
import time
from pathlib import Path

from runner.compile.data_test import DataTest
from runner.engine.warehouse import Warehouse
from runner.errors import RunnerError, counted, disk_error
from runner.models.source_tables import SourceTables
from runner.result import NodeResult, failed

ODD = re.compile(r"[^\w.-]")
"""Characters of the name of a test that the name of its file does not have."""


def failures_file(folder: Path, test: DataTest) -> Path:
    """Return the file below `target/` for the rows that fail a test with `store_failures`."""
    return folder / "test_failures" / f"{ODD.sub('_', test.model.name)}.csv"


def run_data_test(
    warehouse: Warehouse, test: DataTest, tables: SourceTables, folder: Path
) -> NodeResult:
    """Run a data test: it passes when its query returns no row, or as few as it allows.

    With `store_failures` the rows are written below `folder`, that of generated files.
    """
    started = time.monotonic()
    name, config = test.model.name, test.config
    try:
        tables.provide(test.sources)
        if config.store_failures:
            failures = _store(warehouse, test, failures_file(folder, test))
        else:
            failures = warehouse.count_rows(test.model, config.limit)
    except RunnerError as error:
        return failed(name, "test", error)
    status = config.status(failures)
    return NodeResult(
        name,
        "test",
        status,
        seconds=time.monotonic() - started,
        rows=failures,
        message=_message(test, failures) if failures else "",
        location=test.model.locations[0],
        exit_code=1 if status == "fail" else 0,
    )


def _message(test: DataTest, failures: int) -> str:
    rows = counted(failures, "row fails", "rows fail")
    if test.config.store_failures:
        return f"{rows}; see target/test_failures/{failures_file(Path(), test).name}"
    return f"{rows}; see target/compiled/{test.model.path}"


def _store(warehouse: Warehouse, test: DataTest, path: Path) -> int:
    """Write the rows that fail a test; returns how many there are. Without any there is no file."""
    try:
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        failures = warehouse.write_rows(test.model, path, test.config.limit)
        if not failures:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise disk_error(error) from error
    return failures
