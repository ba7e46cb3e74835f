"""An incremental model that gives other columns than its table has: `on_schema_change`."""

from collections.abc import Collection, Iterable

from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError, choices, nearest
from runner.model import Model
from runner.sql.quoting import Sql


def fitted_columns(warehouse: Warehouse, model: Model, incoming: Sql) -> list[str]:
    """Make the table of a model fit its incoming rows; returns the columns that it takes of them.

    Raises ExecutionError where `on_schema_change` does not allow it, or a key is no column.
    """
    held, given = column_types(warehouse, model.relation), column_types(warehouse, incoming)
    _check_keys(model, given)
    added = {name: given[name] for name in _missing(given, held)}
    removed = _missing(held, given)
    types = {name.lower(): sql_type for name, sql_type in held.items()}
    retyped = {
        name: sql_type
        for name, sql_type in given.items()
        if types.get(name.lower(), sql_type) != sql_type
    }
    _check_change(model, [*added], removed, [*retyped])
    if model.on_schema_change == "ignore":
        return [name for name in given if name not in added]
    if model.on_schema_change == "append_new_columns":
        removed, retyped = [], {}
    changes = {"added": added, "removed": removed, "retyped": retyped}
    if any(changes.values()):
        warehouse.perform("relation.change_columns", relation=model.relation, **changes)
    return [*given]


def column_types(warehouse: Warehouse, relation: Sql) -> dict[str, str]:
    """Return the columns of a relation, each with its type."""
    rows = warehouse.statement("relation.rows", relation=relation)
    found = warehouse.perform("relation.describe", select=rows)
    return {str(row[0]): str(row[1]) for row in found}


def _missing(names: Iterable[str], others: Collection[str]) -> list[str]:
    """Return the names that are not among others; letters of both cases are the same."""
    known = {name.lower() for name in others}
    return [name for name in names if name.lower() not in known]


def _check_keys(model: Model, given: Collection[str]) -> None:
    for key in _missing(model.unique_key, given):
        raise ExecutionError(
            f"{model.name}: its unique_key `{key}` is not a column that it gives."
            f"{nearest(key, given)} It gives: {choices(given)}",
            model.locations[0],
        )


def _check_change(model: Model, added: list[str], removed: list[str], retyped: list[str]) -> None:
    """Raise ExecutionError where the columns changed in a way that is not allowed, as in dbt."""
    parts = {"new": added, "not given any more": removed, "of another type": retyped}
    if model.on_schema_change == "ignore":
        parts = {"not given any more": removed}
    elif model.on_schema_change != "fail":
        return
    shown = "; ".join(f"{what}: {', '.join(names)}" for what, names in parts.items() if names)
    if shown:
        raise ExecutionError(
            f"{model.name}: its columns are not those of its table ({shown}), and"
            f" on_schema_change is '{model.on_schema_change}'",
            model.locations[0],
            hint=(
                f"`runner run --select {model.name} --full-refresh` makes the table again;"
                " on_schema_change='sync_all_columns' changes its columns"
            ),
        )
