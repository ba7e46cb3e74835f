"""What becomes of a project model's rows: view, table, incremental, segment."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from runner.engine.schema_change import fitted_columns
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.model import Model
from runner.sql.quoting import Sql, quoted_name

INCOMING = quoted_name("incoming")
"""Rows that an incremental model gives now."""


def materialize(warehouse: Warehouse, model: Model) -> int:
    """Put the rows of a project's model into its relation; returns how many it has.

    Raises ExecutionError at the line of the model that the engine refuses.
    """
    kind = warehouse.relations().get(model.relation)
    is_view = model.materialization == "view"
    if kind is not None and is_view != (kind == "VIEW"):
        warehouse.drop(model.relation, is_view=not is_view)
        kind = None
    if model.adds_rows and kind is not None:
        _add_incoming(warehouse, model)
    else:
        warehouse.create(model, is_view=is_view)
    return warehouse.count(model.relation)


def _add_incoming(warehouse: Warehouse, model: Model) -> None:
    """Add rows to an incremental table; those with the same key replace what was there."""
    warehouse.create(replace(model, relation=INCOMING), is_temporary=True)
    keys = model.unique_key
    columns = fitted_columns(warehouse, model, INCOMING)
    if keys and warehouse.perform("relation.repeated", relation=INCOMING, keys=keys):
        raise ExecutionError(
            f"{model.name}: several rows have the same {', '.join(map(quoted_name, keys))}",
            model.locations[0],
            hint="an incremental model gives one row for each unique_key",
        )
    relations = {"relation": model.relation, "incoming": INCOMING}
    warehouse.perform("incremental", **relations, columns=columns, keys=keys)


def write_external(
    warehouse: Warehouse, model: Model, path: Path, file_format: str, options: Mapping[str, object]
) -> None:
    """Write the rows of a materialized model to a file; raises ExecutionError at its options."""
    values = {"path": path, "format": file_format, "options": options}
    try:
        warehouse.perform("external", relation=model.relation, **values)
    except ExecutionError as error:
        raise ExecutionError(f"{model.name}: {error.message}", model.locations[0]) from error


def materialize_segment(warehouse: Warehouse, model: Model) -> int:
    """Keep the members of a segment, each once, profiles alone; returns how many there are."""
    warehouse.create(model, select=warehouse.statement("profiles.members", select=Sql(model.sql)))
    warehouse.perform("profiles.list_members", segment=model.name, relation=model.relation)
    return warehouse.count(model.relation)
