"""What earlier builds imported, imported again from the staged files (P6)."""

from dataclasses import replace
from itertools import chain

from runner.build.imports.arrival import Batch, staged_copies
from runner.build.imports.import_attempt import attempt, import_task
from runner.build.ledger import ImportedFile
from runner.build.place import place_name
from runner.build.state import Build, GoalNode
from runner.definitions.import_goal import ImportGoal
from runner.errors import RunnerError, UsageError
from runner.execute.duckdb.warehouse import Warehouse

NAMED = 5
"""Files that a message names."""


def replay(build: Build, warehouse: Warehouse) -> None:
    """Import what earlier builds imported, build by build."""
    for build_id in build.ledger.builds():
        for node in build.goals(ImportGoal):
            batch = _earlier_batch(build, node, build_id)
            if not batch.files[node.goal.main]:
                continue
            build.start(node.name, node.goal.kind, f"replaying build {build_id}")
            result = attempt(build, warehouse, import_task(build, node, batch, False))
            for _, blob in chain.from_iterable(batch.files.values()):
                build.staging.release(blob.sha256)
            if result.is_failure:
                build.tell(result)
                build.arrivals.pop(node.name, None)
                build.lost.append(node.name)
            else:
                earlier = build.replayed.get(node.name)
                result = replace(result, warnings=())  # What drifted then was told then.
                build.replayed[node.name] = earlier.plus(result) if earlier else result


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
        for file in build.ledger.files
        if file.goal in goals
        and file.fingerprint == build.ledger.fingerprint(file.goal)
        and not (build.staging.has(file.sha256) or _brought(build, goals[file.goal], file))
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


def _brought(build: Build, node: GoalNode[ImportGoal], file: ImportedFile) -> bool:
    """Bring a file again that the server still has as it was; tells whether it does."""
    try:
        remote, settings = build.remotes.open(node.connection)
        if remote.stat(file.path) != file.remote_file:
            return False
        blob = build.staging.bring(place_name(settings), remote, file.remote_file)
    except RunnerError as error:
        build.warn(f"{file.path} could not be brought again: {error.message}")
        return False
    return blob.sha256 == file.sha256


def _earlier_batch(build: Build, node: GoalNode[ImportGoal], build_id: str) -> Batch:
    files = build.ledger.of_build(build_id, node.name)
    copies = {
        source: tuple(
            staged_copies(
                build.staging, [file for file in files if file.source == source], build.warnings
            )
        )
        for source in node.goal.files
    }
    return Batch(build_id, copies)
