"""A full refresh imports the files of earlier builds again, from their staged copies (P6)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

from runner.definitions.import_goal import ImportGoal
from runner.engine.warehouse import Warehouse
from runner.imports.batch import ImportBatch
from runner.imports.import_task import ImportTask
from runner.imports.staged_copies import staged_copies
from runner.orchestrate.import_phase import import_task, try_import
from runner.orchestrate.retried_rows import retry_rows, with_found_rows
from runner.orchestrate.running_build import Build
from runner.result import NodeResult
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.undone_files import UndoneFiles, write_undone
from runner.workspace.declared_goal import DeclaredGoal

EARLIER = ""
"""Fingerprint of what is replayed before a change: no definition has this fingerprint, so the
replay imports the files again later."""

NUMBER = re.compile(r"\d[\d.,]*")

Files = dict[str, list[ImportedFile]]
"""Build -> what a goal imported in it."""


@dataclass
class GoalReplay:
    """The files of a goal that a replay imports."""

    node: DeclaredGoal[ImportGoal]
    before_change: Files
    since_change: Files
    # Whether files of `before_change` are in the warehouse: the change retracts what they gave.
    is_redefined: bool = False
    # Whether a warning said that files of `before_change` could not be imported.
    is_warned: bool = False

    @classmethod
    def of(cls, build: Build, node: DeclaredGoal[ImportGoal]) -> "GoalReplay":
        """Return what is replayed of a goal, as the ledger has it."""
        ledger = build.ledger
        return cls(
            node,
            _by_build(ledger.first_before_change(node.name)),
            _by_build(ledger.since_change(node.name)),
        )


def replay_imports(build: Build, warehouse: Warehouse) -> None:
    """In a full refresh, import what earlier builds imported, build by build.

    Files from before a change of a goal's definition are imported as it is defined now, in the
    builds in which they came: other goals found their profiles there. The build that
    re-imported them after the change re-imports them here too.
    """
    if not build.options.full_refresh:
        return
    replays = [GoalReplay.of(build, node) for node in build.goals(ImportGoal)]
    for build_id in build.ledger.builds():
        for replay in replays:
            if build_id in replay.before_change:
                _replay_before_change(build, warehouse, replay, build_id)
            if build_id in replay.since_change:
                _replay_since_change(build, warehouse, replay, build_id)
        _retry_rows(build, warehouse, replays, build_id)
    for name, result in build.replayed.items():
        build.replayed[name] = replace(result, warnings=one_of_each(result.warnings))


def one_of_each(warnings: Iterable[str]) -> tuple[str, ...]:
    """Return the last of the warnings that differ in numbers alone, with how many there are."""
    kinds: dict[str, list[str]] = {}
    for warning in warnings:
        kinds.setdefault(NUMBER.sub("0", warning), []).append(warning)
    return tuple(
        alike[-1] if len(alike) == 1 else f"{alike[-1]} (and {len(alike) - 1:,} more like this)"
        for alike in kinds.values()
    )


def _retry_rows(
    build: Build, warehouse: Warehouse, replays: Iterable[GoalReplay], build_id: str
) -> None:
    """Import files again with rows that find the profiles which the replayed build created."""
    by_name = {replay.node.name: replay for replay in replays}

    def run(node: DeclaredGoal[ImportGoal], batch: ImportBatch) -> None:
        replay, task = by_name[node.name], import_task(build, node, batch, False)
        if build_id >= min(replay.since_change, default=""):
            _keep(build, node, _attempt(build, warehouse, task))
        else:
            definition = replace(task.definition, fingerprint=EARLIER)
            _attempt(build, warehouse, replace(task, definition=definition))

    retry_rows(build, warehouse, build_id, [replay.node for replay in replays], run)


def _keep(build: Build, node: DeclaredGoal[ImportGoal], result: NodeResult) -> None:
    """Keep what replaying a build gave: added up, or the failure, by which the goal is lost."""
    if result.is_failure:
        build.record(result)
        build.choices.pop(node.name, None)
        build.lost.append(node.name)
        return
    earlier = build.replayed.get(node.name)
    build.replayed[node.name] = earlier.plus(result) if earlier else result


def _by_build(files: list[ImportedFile]) -> Files:
    """Return the files by build, without those that the replay of others imports again (P10)."""
    found: Files = {}
    for file in files:
        if file.is_retried:
            continue
        found.setdefault(file.build_id, []).append(file)
    return found


def _replay_before_change(
    build: Build, warehouse: Warehouse, replay: GoalReplay, build_id: str
) -> None:
    """Import files from before a change of the definition; where that fails nothing is lost."""
    batch = _batch(build, replay.node, build_id, replay.before_change[build_id])
    if not batch.files[replay.node.goal.main]:
        return
    batch = with_found_rows(build, warehouse, replay.node, batch)
    task = import_task(build, replay.node, batch, False)
    definition = replace(task.definition, fingerprint=EARLIER)
    result = _attempt(build, warehouse, replace(task, definition=definition))
    if not result.is_failure:
        replay.is_redefined = True
    elif not replay.is_warned:
        replay.is_warned = True
        why, *_ = result.message.splitlines()
        build.warn(
            f"{replay.node.name}: files that it imported before its definition changed do not fit"
            f" the definition now, and other goals may not find its profiles: {why}"
        )


def _replay_since_change(
    build: Build, warehouse: Warehouse, replay: GoalReplay, build_id: str
) -> None:
    node = replay.node
    batch = _batch(build, node, build_id, replay.since_change[build_id])
    if not batch.files[node.goal.main]:
        return
    if not replay.is_redefined:
        batch = with_found_rows(build, warehouse, node, batch)
    result = _attempt(build, warehouse, import_task(build, node, batch, replay.is_redefined))
    _keep(build, node, result)
    if not result.is_failure:
        replay.is_redefined = False


def _attempt(build: Build, warehouse: Warehouse, task: ImportTask) -> NodeResult:
    build.report_start(task.name, task.goal.kind, f"replaying build {task.batch.build_id}")
    result = try_import(build, warehouse, task)
    _release(build, task.batch)
    return result


def _release(build: Build, batch: ImportBatch) -> None:
    """Remove the bytes that were written for a batch, but for those that are imported later."""
    chosen = [choice.batch for choice in build.choices.values() if choice.batch]
    later = {sha256 for other in chosen for sha256 in _contents(other)}
    with build.staging_use.alone() as is_alone:
        for sha256 in _contents(batch) - later if is_alone else ():
            build.staging.release(sha256)


def _contents(batch: ImportBatch) -> set[str]:
    return {blob.sha256 for _, blob in chain.from_iterable(batch.files.values())}


def _batch(
    build: Build, node: DeclaredGoal[ImportGoal], build_id: str, files: list[ImportedFile]
) -> ImportBatch:
    copies = {
        source: tuple(
            staged_copies(
                build.staging, [file for file in files if file.source == source], build.warnings
            )
        )
        for source in node.goal.files
    }
    return ImportBatch(build_id, copies)


def record_undone(build: Build, warehouse: Warehouse) -> None:
    """In a full refresh, write the undone files, and record those that this build undid."""
    if not build.options.full_refresh:
        return
    undone = build.ledger.undone
    returning = tuple(file for file in undone.returning if not _has_returned(build, file))
    write_undone(warehouse, UndoneFiles(undone.kept_out, returning))
    for file in undone.kept_out:
        if file.key in build.options.undo:
            name = f"{file.goal} {file.path}"
            build.record(NodeResult(name, "undo", "success", message=file.sha256))


def _has_returned(build: Build, file: ImportedFile) -> bool:
    """Return whether this build imported a returning file; an undo imports only what was there."""
    result = build.results.get(file.goal)
    return not build.options.undo and result is not None and not result.is_failure
