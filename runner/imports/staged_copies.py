"""Files that were imported before, from their staged copies (F5)."""

from collections.abc import Iterable, Sequence

from runner.definitions.import_goal import ImportGoal
from runner.errors import StageError
from runner.stage.fetched_file import FetchedFile
from runner.stage.staging import Staging
from runner.warehouse.imported_file import ImportedFile


def staged_copies(
    staging: Staging, files: Iterable[ImportedFile], warnings: list[str]
) -> list[FetchedFile]:
    """Return files with their staged content; for those without, a warning is added."""
    copies: list[FetchedFile] = []
    for file in files:
        blob = staging.find(file.sha256)
        if blob is None:
            warning = f"{file.path} cannot be imported again: its staged copy is gone"
            if warning not in warnings:
                warnings.append(warning)
        else:
            copies.append(FetchedFile(file.remote_file, blob))
    return copies


def check_copies(
    staging: Staging, files: Sequence[ImportedFile], goal: ImportGoal, name: str
) -> None:
    """Raise StageError where a staged copy is gone that a changed goal needs.

    Without it, what the goal imported from there would be lost.
    """
    missing = [file.path for file in files if not staging.has(file.sha256)]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise StageError(
            f"{name}: its definition changed, and no staged copy is left of {missing[0]}"
            f"{more}: what came from there would be lost",
            goal.location("name"),
            hint="`runner ls --state` tells what changed: take it back, or go on without those"
            " files by `--allow-missing`",
        )
