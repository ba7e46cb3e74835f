"""What earlier builds imported, imported again from the staged files (P6)."""

from dataclasses import dataclass, replace
from itertools import chain

from runner.definitions.import_goal import ImportGoal
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import RunnerError, UsageError
from runner.imports.batch import ImportBatch
from runner.imports.import_task import ImportTask
from runner.imports.source_downloads import SourceDownloads
from runner.imports.staged_copies import staged_copies
from runner.orchestrate.import_attempt import attempt, import_task
from runner.orchestrate.running_build import Build, GoalNode
from runner.result import NodeResult
from runner.warehouse.imported_file import ImportedFile

EARLIER = ""
"""Fingerprint of what is replayed before a change of its definition: that of no definition."""
NAMED = 5
"""Files that a message names."""


Files = dict[str, list[ImportedFile]]
"""Build -> what a goal imported in it."""


@dataclass
class Share:
    """What a replay imports of a goal."""

    node: GoalNode[ImportGoal]
    before_change: Files
    since_change: Files
    # Whether files of `before_change` are in the warehouse: the change retracts what they gave.
    is_redefined: bool = False
    # Whether a warning said that files of `before_change` could not be imported.
    is_warned: bool = False

    @classmethod
    def of(cls, build: Build, node: GoalNode[ImportGoal]) -> "Share":
        """Return the share of a goal, as the ledger has it."""
        ledger = build.ledger
        return cls(
            node,
            _by_build(ledger.first_before_change(node.name)),
            _by_build(ledger.since_change(node.name)),
        )


def replay(build: Build, warehouse: Warehouse) -> None:
    """Import what earlier builds imported, build by build.

    What a goal imported before its definition changed comes as it is defined now, in the builds
    in which it came: other goals found its profiles there. The build that imported all of it
    again does so again.
    """
    shares = [Share.of(build, node) for node in build.goals(ImportGoal)]
    for build_id in build.ledger.builds():
        for share in shares:
            if build_id in share.before_change:
                _replay_before_change(build, warehouse, share, build_id)
            if build_id in share.since_change:
                _replay_since_change(build, warehouse, share, build_id)


def _by_build(files: list[ImportedFile]) -> Files:
    found: Files = {}
    for file in files:
        found.setdefault(file.build_id, []).append(file)
    return found


def _replay_before_change(build: Build, warehouse: Warehouse, share: Share, build_id: str) -> None:
    """Import what came before a goal was edited; nothing is lost where that is not possible."""
    batch = _batch(build, share.node, build_id, share.before_change[build_id])
    if not batch.files[share.node.goal.main]:
        return
    task = import_task(build, share.node, batch, False)
    definition = replace(task.definition, fingerprint=EARLIER)
    result = _attempt(build, warehouse, replace(task, definition=definition))
    if not result.is_failure:
        share.is_redefined = True
    elif not share.is_warned:
        share.is_warned = True
        why, *_ = result.message.splitlines()
        build.warn(
            f"{share.node.name}: what it imported before its definition changed does not fit the"
            f" definition now, and others may not find its profiles: {why}"
        )


def _replay_since_change(build: Build, warehouse: Warehouse, share: Share, build_id: str) -> None:
    node = share.node
    batch = _batch(build, node, build_id, share.since_change[build_id])
    if not batch.files[node.goal.main]:
        return
    result = _attempt(build, warehouse, import_task(build, node, batch, share.is_redefined))
    if result.is_failure:
        build.tell(result)
        build.choices.pop(node.name, None)
        build.lost.append(node.name)
        return
    share.is_redefined = False
    earlier = build.replayed.get(node.name)
    result = replace(result, warnings=())  # What drifted then was told then.
    build.replayed[node.name] = earlier.plus(result) if earlier else result


def _attempt(build: Build, warehouse: Warehouse, task: ImportTask) -> NodeResult:
    build.start(task.name, task.goal.kind, f"replaying build {task.batch.build_id}")
    result = attempt(build, warehouse, task)
    for _, blob in chain.from_iterable(task.batch.files.values()):
        build.staging.release(blob.sha256)
    return result


def check_replay(build: Build) -> None:
    """Make sure that a replay loses nothing: every file that it needs is staged.

    What servers still have is brought again. Raises RunnerError with the files that are
    nowhere, unless the user allows for them, and UsageError where a goal that imported files is
    not declared any more, and a file is to be undone.
    """
    goals = {node.name: node for node in build.goals(ImportGoal)}
    imported = dict.fromkeys(file.goal for file in build.ledger.files)
    left_out = [name for name in imported if name not in goals]
    if left_out:
        told = f"what {', '.join(left_out)} imported would be lost: disabled, or not declared"
        if build.options.undo:
            raise UsageError(told, hint="`runner build --full-refresh` makes it anew without them")
        build.warn(told.replace("would be", "is"))
    missing = [
        file
        for name in goals
        for file in build.ledger.since_change(name)
        if not (build.staging.has(file.sha256) or _fetch_again(build, goals[file.goal], file))
    ]
    if missing and not build.options.allow_missing:
        paths = list(dict.fromkeys(f"{file.goal}: {file.path}" for file in missing))
        more = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
        count = f"{len(paths)} file{'s' if len(paths) > 1 else ''}"
        raise RunnerError(
            f"what {count} gave would be lost: no staged copy is left of"
            f" {', '.join(paths[:NAMED])}{more}",
            hint="nothing was changed; `--allow-missing` makes the warehouse without them",
        )


def _fetch_again(build: Build, node: GoalNode[ImportGoal], file: ImportedFile) -> bool:
    """Download a file again that the server still has as it was; tells whether it does."""
    try:
        remote, settings = build.remotes.open(node.connection)
        if remote.stat(file.path) != file.remote_file:
            return False
        source = SourceDownloads.of(build.workspace, node.goal, remote, settings)
        downloads = source.fetch(file.source, (file.remote_file,))
        for _, error in downloads.failures:
            raise error
    except RunnerError as error:
        build.warn(f"{file.path} could not be downloaded again: {error.message}")
        return False
    return downloads.files[0].blob.sha256 == file.sha256


def _batch(
    build: Build, node: GoalNode[ImportGoal], build_id: str, files: list[ImportedFile]
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
