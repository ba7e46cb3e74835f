"""What a build would do with the files that are there now, of which nothing is kept."""

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

from runner.engine.schema import prepare
from runner.engine.store import Draft
from runner.errors import shape
from runner.events import Listener, ignore
from runner.orchestrate.build import disk_errors_raised, made_warehouse, send_files
from runner.orchestrate.options import BuildOptions
from runner.orchestrate.running_build import Build
from runner.orchestrate.start_phase import start_build
from runner.result import BuildResult
from runner.state.node_state import NodeState, node_states
from runner.warehouse.comparison import (
    ColumnChanges,
    Example,
    TableChanges,
    WarehouseChanges,
    compare,
)
from runner.warehouse.lock import running_build
from runner.workspace.temporary_copy import earlier_warehouse, temporary_copy
from runner.workspace.workspace import Workspace

Personal = Callable[[Workspace], Collection[str]]
"""Gives the properties whose values are shown as their shape, those of groups as `type:name`."""


@dataclass(frozen=True)
class DefinitionChange:
    """A goal, model or segment whose definition is not that of its last run."""

    state: NodeState
    # Of an import: main files that it imports again for it.
    files: int = 0

    @property
    def is_new(self) -> bool:
        """Return whether it never ran, and nothing of it returns."""
        return self.state.state == "new" and not self.state.returning


@dataclass(frozen=True)
class Plan:
    """What a build would do."""

    # The build that made the warehouse with which it begins; empty before the first.
    based_on: str
    # Who builds that warehouse at this moment, and since when; empty where nobody does.
    running: str
    # What a build would say of itself, and end with.
    result: BuildResult
    # Why the warehouse would not be published; empty where it would be.
    unpublished: str
    # What analysts would see change; of a build that is not published, what they would not.
    changes: WarehouseChanges
    definitions: tuple[DefinitionChange, ...]
    # Whether examples show values as their shape.
    is_masked: bool = False


def plan_build(
    workspace: Workspace,
    options: BuildOptions,
    listener: Listener = ignore,
    personal: Personal | None = None,
) -> Plan:
    """Do what a build does, on a copy that is thrown away, with remote places only read.

    Values of `personal` properties are shown as their shape. Raises what `run_build` raises, but
    LockedError: it waits for no build, and none waits for it.
    """
    running = running_build(workspace.local_state)
    with disk_errors_raised(), temporary_copy(workspace) as copy, ExitStack() as opened:
        build = start_build(copy, options, listener, opened)
        states = _changed_states(build)
        with made_warehouse(build) as made:
            changes = _changes(build, made)
        send_files(build)
        shown = _masked(changes, personal(copy)) if personal else changes
        return Plan(
            based_on=build.starting_point.build_id,
            running=running,
            result=build.end(),
            unpublished=build.unpublished,
            changes=shown,
            definitions=tuple(DefinitionChange(state, _again(build, state)) for state in states),
            is_masked=shown != changes,
        )


def _changed_states(build: Build) -> list[NodeState]:
    """Return the states of the nodes of a build that are new or changed, and of those gone."""
    selected = {node.name for node in build.nodes}
    states = node_states(build.workspace, build.compiled, build.starting_point.ledger)
    return [
        state
        for state in states.values()
        if state.state == "gone" or (state.state != "unchanged" and state.name in selected)
    ]


def _again(build: Build, state: NodeState) -> int:
    """Return how many main files a goal imports again because its definition changed."""
    choice = build.choices.get(state.name)
    if choice is None or choice.batch is None or not choice.is_redefined:
        return 0
    known = build.ledger.main_files(state.name)
    return sum(file.path in known for file in choice.batch.main_files)


def _changes(build: Build, made: str | Draft) -> WarehouseChanges:
    earlier = earlier_warehouse(build.workspace)
    if not build.starting_point.relations:
        empty = earlier.begin(None)
        with earlier.edit(empty) as warehouse:
            prepare(warehouse)
        earlier.publish(empty)
    with build.store.open(made) as warehouse:
        group_types = build.workspace.project.group_types
        events = _touched_events(build)
        return compare(warehouse, earlier, group_types, events, _may_change_rows(build))


def _may_change_rows(build: Build) -> bool:
    """Return whether an import wrote to profiles or groups; models and hooks never do."""
    # Only the result of an import that ran has the fingerprint of its definition.
    imported = any(result.fingerprint for result in build.results.values())
    return build.options.full_refresh or imported


def _touched_events(build: Build) -> Collection[str]:
    """Return the types of events that goals of a build made, changed or retracted."""
    results = build.results.values()
    return dict.fromkeys(events.type for result in results for events in result.events)


def _masked(changes: WarehouseChanges, personal: Collection[str]) -> WarehouseChanges:
    return replace(
        changes,
        profiles=_masked_table(changes.profiles, personal),
        groups=tuple(_masked_table(table, personal) for table in changes.groups),
    )


def _masked_table(table: TableChanges, personal: Collection[str]) -> TableChanges:
    return replace(table, columns=tuple(_masked_columns(table, personal)))


def _masked_columns(table: TableChanges, personal: Collection[str]) -> Iterator[ColumnChanges]:
    for column in table.columns:
        if f"{table.prefix}{column.name}" not in personal:
            yield column
        else:
            examples = tuple(
                Example(one.id, _shape(one.before), _shape(one.after)) for one in column.examples
            )
            yield replace(column, examples=examples)


def _shape(text: str | None) -> str | None:
    return None if text is None else shape(text)
