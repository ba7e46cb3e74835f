"""Unit tests of models: given rows in, expected rows out."""

import time
from dataclasses import replace
from typing import Any

from runner.compile.unit_test import CompiledUnitTest, Input
from runner.engine.warehouse import Warehouse
from runner.errors import RunnerError
from runner.model import Model
from runner.models.source_tables import SourceTables
from runner.result import NodeResult, failed
from runner.secret_values import SECRETS
from runner.sql.quoting import Sql, quoted_name

SHOWN = 3
"""Rows of a difference that a message shows."""


def run_unit_test(warehouse: Warehouse, test: CompiledUnitTest, tables: SourceTables) -> NodeResult:
    """Run a model on the rows that a unit test states, and compare what it returns.

    Columns that `expect` does not name may hold anything; the order of rows does not count.
    """
    started = time.monotonic()
    try:
        tables.provide(test.sources)
        with warehouse.transaction():
            difference = _difference(warehouse, test)
    except RunnerError as error:
        return failed(test.model.name, "unit_test", error)
    message = _message(test, difference) if difference else ""
    return NodeResult(
        test.model.name,
        "unit_test",
        "fail" if difference else "pass",
        seconds=time.monotonic() - started,
        rows=len(difference),
        message=message,
        location=test.location,
        exit_code=1 if difference else 0,
    )


def _message(test: CompiledUnitTest, difference: list[tuple[Any, ...]]) -> str:
    shown = [_row(test, row) for row in difference[:SHOWN]]
    if test.expected is None:
        shown = [f"{len(difference)}, and none is expected"]
    elif len(difference) > SHOWN:
        shown.append(f"{len(difference) - SHOWN} more")
    return SECRETS.hide(
        f"`{test.tested}` returned other rows: {'; '.join(shown)};"
        f" see target/compiled/{test.model.path}"
    )


def _difference(warehouse: Warehouse, test: CompiledUnitTest) -> list[tuple[Any, ...]]:
    for given in test.inputs:
        _create_input(warehouse, given)
        if given.rows is not None:
            warehouse.append(replace(given.rows, relation=given.relation))
    actual = test.model.relation
    warehouse.create(test.model, is_temporary=True)
    if test.expected is None:
        return [("unexpected",)] * warehouse.count(actual)
    expected = quoted_name(f"{test.model.name}.expected")
    warehouse.create_temporary(
        expected, "relation.columns_of", relation=actual, columns=test.columns
    )
    warehouse.append(replace(test.expected, relation=expected))
    relations = {"actual": actual, "expected": expected}
    return warehouse.perform("units.difference", **relations, columns=test.columns)


def _create_input(warehouse: Warehouse, given: Input) -> None:
    """Make the empty table of an input, with the columns of what it replaces."""
    if isinstance(given.like, Model):
        rows = Sql(f"(\n{given.like.sql}\n)")
        select = warehouse.statement("relation.columns_of", relation=rows)
        table = replace(given.like, relation=given.relation)
        warehouse.create(table, select=select, is_temporary=True)
    else:
        warehouse.create_temporary(given.relation, "relation.columns_of", relation=given.like)


def _row(test: CompiledUnitTest, row: tuple[Any, ...]) -> str:
    values = ", ".join(
        f"{name}: {'null' if value is None else value}"
        for name, value in zip(test.columns, row[1:], strict=True)
    )
    return f"{row[0]} {{{values}}}"
