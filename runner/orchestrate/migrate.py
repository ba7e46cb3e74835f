"""`runner migrate`: the warehouse of one target becomes that of another, on another engine."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from runner.definitions.import_goal import ImportGoal
from runner.engine.engines import CARRIED_FROM, CARRIED_TO
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError, UsageError
from runner.sql.quoting import Sql
from runner.state.goal_definition import goal_definition
from runner.warehouse.ledger import published_build
from runner.warehouse.lock import locked
from runner.warehouse.tables import shape_tables
from runner.workspace.declared_goal import all_goals
from runner.workspace.workspace import Workspace

LARGEST = "100MB"
"""Size of the files in which rows are carried: one at a time is in the memory."""
OWN = ('runner."format"',)
"""Tables that say how an engine made the others."""


@dataclass(frozen=True)
class Migrated:
    """What a migration carried over."""

    build_id: str
    # Table -> rows.
    rows: dict[str, int]
    # Connections whose record of what was sent is not carried: the targets reach other places.
    unsent: tuple[str, ...]


def migrate_warehouse(source: Workspace, target: Workspace, wait: bool = False) -> Migrated:
    """Publish the warehouse of a target as that of another one, which has none yet.

    All tables, ledgers and ids are carried, and what was sent to partners; kept versions are not.
    The next build of the target imports nothing again. Raises UsageError where the engines are
    others or the target has a warehouse, LockedError where a build runs.
    """
    _check(source, target)
    with ExitStack() as held:
        held.enter_context(locked(source.local_state, "runner migrate", wait))
        held.enter_context(locked(target.local_state, "runner migrate", wait))
        store = target.store
        draft = store.begin(None)
        held.callback(store.discard, draft)
        with source.store.open() as earlier, store.edit(draft) as warehouse:
            shape_tables(warehouse, target)
            rows = {
                str(relation): _carry(earlier, warehouse, relation) for relation in _tables(earlier)
            }
            _restate(warehouse, source, target)
            build_id = published_build(earlier)
        unsent = _carry_sent(source, target)
        store.publish(draft)
    return Migrated(build_id, rows, unsent)


def _check(source: Workspace, target: Workspace) -> None:
    if (source.target.engine, target.target.engine) != (CARRIED_FROM, CARRIED_TO):
        raise UsageError(
            f"a warehouse is carried from a target with `engine: {CARRIED_FROM}` to one with"
            f" `engine: {CARRIED_TO}`, and not from {source.target_name} to {target.target_name}",
            hint="name them: runner migrate --from local --target cluster",
        )
    if not source.store.is_published:
        raise UsageError(f"target {source.target_name} has no warehouse yet")
    if target.store.is_published:
        raise UsageError(
            f"target {target.target_name} has a warehouse already: {target.warehouse}",
            hint="move it away, or name another place in `warehouse`",
        )


def _tables(warehouse: Warehouse) -> Iterator[Sql]:
    for relation, kind in sorted(warehouse.relations().items()):
        if kind == "BASE TABLE" and relation not in OWN:
            yield Sql(relation)


def _carry(earlier: Warehouse, warehouse: Warehouse, relation: Sql) -> int:
    """Add the rows of a table to that of the other warehouse; returns how many there are."""
    select = earlier.statement("relation.rows", relation=relation)
    types = {str(name): str(kind) for name, kind, *_ in _described(earlier, select)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows"
        values = {"select": select, "types": types, "path": path}
        earlier.perform("plain_file", **values, largest=LARGEST)
        for number, file in enumerate(sorted(path.glob("*.parquet"))):
            rows = warehouse.file_rows(file)
            if not number:
                _prepare(warehouse, relation, types, rows)
            warehouse.add_rows(relation, rows)
    held, carried = earlier.count(relation), warehouse.count(relation)
    if carried != held:
        raise ExecutionError(f"{relation} has {held} rows, of which {carried} were carried")
    return held


def _described(warehouse: Warehouse, select: Sql) -> list[tuple[str, ...]]:
    return warehouse.perform("relation.describe", select=select)


def _prepare(warehouse: Warehouse, relation: Sql, types: dict[str, str], rows: Sql) -> None:
    """Make a table of a model, empty; add columns that are not declared, such as of `map_rest`."""
    if relation not in warehouse.relations():
        select = warehouse.statement("relation.columns_of", relation=rows)
        warehouse.perform("create", relation=relation, select=select)
    else:
        described = {name: (kind, "") for name, kind in types.items()}
        warehouse.perform("relation.add_columns", relation=relation, described=described)
        warehouse.delete(relation)


def _restate(warehouse: Warehouse, source: Workspace, target: Workspace) -> None:
    """Let the ledger name the definitions of goals as the other engine's macros render them.

    A goal that changed since it last ran stays changed.
    """
    for name, (_, goal) in all_goals(source.project).items():
        if isinstance(goal, ImportGoal):
            before, after = goal_definition(source, goal), goal_definition(target, goal)
            if before.fingerprint != after.fingerprint:
                values = {"before": before.fingerprint, "after": after.fingerprint}
                warehouse.perform("ledger.restate", goal=name, parts=after.stored(), **values)


def _carry_sent(source: Workspace, target: Workspace) -> tuple[str, ...]:
    """Copy what was sent to partners, where both targets reach the same place."""
    unsent = []
    for path in sorted(source.sent.rglob("*")):
        if not path.is_file():
            continue
        relative = path.relative_to(source.sent)
        parts = relative.parts
        connection = parts[1] if parts[0] == "exchanged" else relative.name.partition(".")[0]
        access = [one.target.connections.get(connection) for one in (source, target)]
        if access[0] != access[1]:
            unsent.append(connection)
            continue
        (target.sent / relative).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target.sent / relative)
    return tuple(dict.fromkeys(unsent))
