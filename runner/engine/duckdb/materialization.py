"""What becomes of a project model's rows: view, table, incremental, segment."""

from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.model import Model
from runner.sql.quoting import quoted_name, quoted_text


def materialize(warehouse: Warehouse, model: Model) -> int:
    """Put the rows of a project's model into its relation; returns how many it has.

    Raises ExecutionError at the line of the model that the engine refuses.
    """
    kind = warehouse.relations().get(model.relation)
    wanted = "VIEW" if model.materialization == "view" else "BASE TABLE"
    if kind is not None and kind != wanted:
        warehouse.perform("drop_view" if kind == "VIEW" else "drop_table", relation=model.relation)
        kind = None
    if model.materialization == "view":
        warehouse.put(model, "view", relation=model.relation)
    elif model.materialization == "incremental" and kind is not None:
        _add_incoming(warehouse, model)
    else:
        warehouse.put(model, "table", relation=model.relation)
    return warehouse.count(model.relation)


def _add_incoming(warehouse: Warehouse, model: Model) -> None:
    """Add rows to an incremental table; those with the same key replace what was there."""
    warehouse.put(model, "incremental")
    match = "false"
    if model.unique_key:
        names = [quoted_name(name) for name in model.unique_key]
        keys = ", ".join(names)
        if warehouse.perform("repeated_keys", keys=keys):
            raise ExecutionError(
                f"{model.name}: several rows have the same {keys}",
                model.locations[0],
                hint="an incremental model gives one row for each unique_key",
            )
        match = " and ".join(f"kept.{name} = incoming.{name}" for name in names)
    warehouse.perform("incremental_merge", relation=model.relation, match=match)


def materialize_segment(warehouse: Warehouse, model: Model) -> int:
    """Keep the members of a segment, each once, profiles alone; returns how many there are."""
    warehouse.put(model, "segment", relation=model.relation)
    warehouse.perform("segment_members", segment=quoted_text(model.name), relation=model.relation)
    return warehouse.count(model.relation)
