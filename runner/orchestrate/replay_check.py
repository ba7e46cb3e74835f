"""Whether every file that a full refresh replays is still there (P6)."""

from collections.abc import Collection

from runner.definitions.import_goal import ImportGoal
from runner.errors import RunnerError, UsageError
from runner.imports.source_downloads import SourceDownloads
from runner.orchestrate.running_build import Build
from runner.warehouse.imported_file import ImportedFile
from runner.workspace.declared_goal import DeclaredGoal

NAMED = 5
"""Files that a message names."""


def check_replay(build: Build) -> None:
    """Make sure that a full refresh loses nothing: every file that it replays is staged.

    Files that servers still have are fetched again. Raises RunnerError with the files that are
    nowhere, unless the user allows for them; of an undo, UsageError where a goal that imported
    files is not declared any more.
    """
    if not build.options.full_refresh:
        return
    goals = {node.name: node for node in build.goals(ImportGoal)}
    _check_declared(build, goals)
    missing = [
        file
        for name in goals
        for file in build.ledger.since_change(name)
        if not (build.staging.has(file.sha256) or _fetched_again(build, goals[file.goal], file))
    ]
    if missing and not build.options.allow_missing:
        paths = list(dict.fromkeys(f"{file.goal}: {file.path}" for file in missing))
        more = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
        count = f"{len(paths)} file{'s' if len(paths) > 1 else ''}"
        raise RunnerError(
            f"what {count} gave would be lost: no intact staged copy is left of"
            f" {', '.join(paths[:NAMED])}{more}",
            hint="nothing was changed; `--allow-missing` rebuilds the warehouse without them",
        )


def _check_declared(build: Build, goals: Collection[str]) -> None:
    imported = dict.fromkeys(file.goal for file in build.ledger.files)
    left_out = ", ".join(name for name in imported if name not in goals)
    if not left_out:
        return
    if build.options.undo:
        raise UsageError(
            f"what {left_out} imported would be lost: disabled, or not declared",
            hint="`runner build --full-refresh` rebuilds the warehouse without it",
        )
    build.warn(f"what {left_out} imported is lost: disabled, or not declared")


def _fetched_again(build: Build, node: DeclaredGoal[ImportGoal], file: ImportedFile) -> bool:
    """Fetch a file again that the server still has as it was; returns whether it has."""
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
