"""Snapshots: the history of a model's rows in a table, as in dbt."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from runner.engine.schema_change import column_types
from runner.engine.store import PUBLISHED, Store
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError, choices, nearest
from runner.model import Model, SnapshotPlan
from runner.sql.quoting import Sql, quoted_name, quoted_text

INCOMING, ENDED = quoted_name("runner.incoming"), quoted_name("runner.ended")


def take_snapshot(warehouse: Warehouse, model: Model, now: datetime) -> int:
    """Add to the table of a snapshot what is new, changed or gone; returns how many rows it has.

    `now`, in UTC, is when a change counts from that has no time of its own. Raises ExecutionError
    at the line of the model that is wrong.
    """
    plan = model.snapshot
    assert plan is not None
    given = warehouse.columns(model)
    _check(model, plan, given)
    moment = Sql(f"timestamp {quoted_text(now.replace(tzinfo=None).isoformat(' '))}")
    at = Sql(f"rows.{quoted_name(plan.updated_at)}") if plan.updated_at else moment
    warehouse.put(model, "snapshot.incoming", incoming=INCOMING, at=at)
    _check_rows(warehouse, model)
    names, current = plan.names, Sql(plan.current_end) if plan.current_end else None
    shared: dict[str, Any] = {
        "incoming": INCOMING,
        "keys": model.unique_key,
        "names": names,
        "current": current,
    }
    shared["has_deleted"] = plan.hard_deletes == "new_record"
    relation = Sql(model.relation)
    if relation not in warehouse.relations():
        _perform(warehouse, model, "snapshot.first", relation=relation, **shared)
        return warehouse.count(relation)
    columns = _fit(warehouse, model, plan, given)
    _perform(
        warehouse,
        model,
        "snapshot.ended",
        relation=relation,
        ended=ENDED,
        now=moment,
        compared=plan.check_cols or [name for name in given if name not in model.unique_key],
        is_timed=plan.strategy == "timestamp",
        ends_gone=plan.hard_deletes != "ignore",
        **shared,
    )
    _perform(
        warehouse,
        model,
        "snapshot.change",
        relation=relation,
        ended=ENDED,
        columns=columns,
        **shared,
    )
    return warehouse.count(relation)


def carry_snapshots(warehouse: Warehouse, store: Store, relations: Iterable[str]) -> None:
    """Keep the tables of snapshots of the published warehouse in one that starts empty.

    A full refresh cannot make them again: what they hold is in no file any more.
    """
    names = [Sql(name) for name in relations]
    if not names:
        return
    with store.attached(warehouse, PUBLISHED) as database:
        for relation in names:
            warehouse.perform("snapshot.carry", relation=relation, database=database)


def _perform(warehouse: Warehouse, model: Model, name: str, **values: Any) -> None:
    """Run a statement; what the engine refuses of the configuration is an error of the model."""
    try:
        warehouse.perform(name, **values)
    except ExecutionError as error:
        message = error.message.removeprefix(f"{name}: ")
        raise ExecutionError(f"{model.name}: {message}", model.locations[0]) from error


def _check(model: Model, plan: SnapshotPlan, given: list[str]) -> None:
    known = {name.lower() for name in given}
    named = {
        "unique_key": model.unique_key,
        "updated_at": (plan.updated_at,) if plan.updated_at else (),
        "check_cols": plan.check_cols,
    }
    for key, columns in named.items():
        for column in columns:
            if column.lower() not in known:
                raise ExecutionError(
                    f"{model.name}: `{column}` of `{key}` is not a column that it gives."
                    f"{nearest(column, given)} It gives: {choices(given)}",
                    model.locations[0],
                )
    for column in given:
        if column.lower() in {name.lower() for name in plan.names.values()}:
            raise ExecutionError(
                f"{model.name}: it gives a column `{column}`, which a snapshot adds itself",
                model.locations[0],
                hint="rename it, or state another name under `snapshot_meta_column_names`",
            )


def _check_rows(warehouse: Warehouse, model: Model) -> None:
    keys = ", ".join(map(quoted_name, model.unique_key))
    if warehouse.perform("relation.repeated", relation=INCOMING, keys=model.unique_key):
        raise ExecutionError(
            f"{model.name}: several rows have the same {keys}",
            model.locations[0],
            hint="a snapshot needs one row for each unique_key",
        )
    if warehouse.perform("snapshot.without_key", incoming=INCOMING, keys=model.unique_key):
        raise ExecutionError(
            f"{model.name}: a row has no value in {keys}",
            model.locations[0],
            hint="leave such rows out: no later row can be known to be the same",
        )


def _fit(warehouse: Warehouse, model: Model, plan: SnapshotPlan, given: list[str]) -> list[str]:
    """Add columns that the table lacks, as dbt does; returns those of it that are no times.

    Those that the model gives no more stay, without values in new rows.
    """
    types = column_types(warehouse, INCOMING)
    held = column_types(warehouse, Sql(model.relation))
    known = {name.lower() for name in held}
    added = {name: types[name] for name in given if name.lower() not in known}
    if plan.hard_deletes == "new_record" and plan.names["dbt_is_deleted"].lower() not in known:
        added[plan.names["dbt_is_deleted"]] = "varchar default 'False'"
    if added:
        warehouse.perform(
            "relation.change_columns", relation=model.relation, added=added, removed=[], retyped={}
        )
    own = {name.lower() for name in plan.names.values()}
    return [name for name in given if name.lower() not in own]
