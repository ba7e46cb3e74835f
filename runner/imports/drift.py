"""What changed in the columns of files since a goal imported them last."""

import json
from collections.abc import Iterable, Mapping

from runner.compile.column_names import cut_name, cut_names, is_data
from runner.compile.import_plan import ImportPlan
from runner.compile.planned_source import PlannedSource
from runner.engine.warehouse import Warehouse

Columns = Mapping[str, tuple[str, ...]]
"""File source -> its columns."""


def last_columns(warehouse: Warehouse, goal: str, first_id: int) -> Columns:
    """Return the columns that the last import before the file `first_id` found."""
    found: dict[str, dict[str, str]] = {}
    for source, header in warehouse.perform("ledger.last_headers", goal=goal, first_id=first_id):
        for column in json.loads(header):
            found.setdefault(str(source), {}).setdefault(column.lower(), column)
    return {source: tuple(columns.values()) for source, columns in found.items()}


def drift(plan: ImportPlan, before: Columns, now: Columns) -> tuple[str, ...]:
    """Return warnings of columns that are new in a source's files, and of those that are gone.

    A source without columns, then or now, has nothing to compare.
    """
    warnings = []
    for source in plan.sources:
        then, here = before.get(source.name, ()), now.get(source.name, ())
        if not then or not here:
            continue
        new = [] if is_data(here) else _missing_in(then, here)
        gone = _missing_in(here, then)
        if new:
            columns = cut_names([f"{cut_name(name)} ({_use(source, name)})" for name in new])
            warnings.append(f"{plan.name}: new columns in the files of `{source.name}`: {columns}")
        if gone:
            columns = cut_names(gone)
            warnings.append(
                f"{plan.name}: columns that the files of `{source.name}` no longer have: {columns}"
            )
    return tuple(warnings)


def _missing_in(there: Iterable[str], columns: Iterable[str]) -> list[str]:
    known = {column.lower() for column in there}
    return [column for column in columns if column.lower() not in known]


def _use(source: PlannedSource, column: str) -> str:
    if column in source.rest:
        return "taken by `map_rest`"
    return "used" if column in source.columns else "not used"
