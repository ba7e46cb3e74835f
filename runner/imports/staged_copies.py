"""Files that were imported before, from their staged copies (F5)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from runner.definitions.import_goal import ImportGoal
from runner.errors import StageError
from runner.stage.fetched_file import FetchedFile
from runner.stage.staging import Staging
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger


def staged_copies(
    staging: Staging, files: Iterable[ImportedFile], warnings: list[str]
) -> list[FetchedFile]:
    """Return files with their staged content; for those without, a warning is added."""
    copies: list[FetchedFile] = []
    for file in files:
        blob = staging.find(file.sha256)
        if blob is None:
            warning = f"{file.path} cannot be imported again: its staged copy is gone or damaged"
            if warning not in warnings:
                warnings.append(warning)
        else:
            copies.append(FetchedFile(file.remote_file, blob))
    return copies


@dataclass(frozen=True)
class StagedCopies:
    """Files that a goal imported before and that its server does not give now."""

    goal: ImportGoal
    name: str
    staging: Staging
    ledger: Ledger
    # A warning is added for each file without a staged copy.
    warnings: list[str]
    # `--allow-missing`: go on without files of which no copy is left.
    allow_missing: bool

    def of(self, files: Iterable[ImportedFile]) -> list[FetchedFile]:
        """Return the staged copies of files."""
        return staged_copies(self.staging, files, self.warnings)

    def gone(self, on_server: Collection[str]) -> list[FetchedFile]:
        """Return the main files that are no longer on the server."""
        imported = self.ledger.main_files(self.name)
        return self._needed([file for path, file in imported.items() if path not in on_server])

    def unfetched(self, on_server: Iterable[str], coming: Collection[str]) -> list[FetchedFile]:
        """Return main files that could not be downloaded, as they were last imported.

        A goal that changed retracts what it gave: without these it would be lost.
        """
        imported = self.ledger.main_files(self.name)
        left = [path for path in on_server if path not in coming and path in imported]
        return self._needed([imported[path] for path in left])

    def returning(self, on_server: Collection[str]) -> list[FetchedFile]:
        """Return the files whose import a rollback undid and that are no longer on the server."""
        undone = [file for file in self.ledger.undone.returning if file.goal == self.name]
        return self.of([file for file in undone if file.path not in on_server])

    def overtaken(self, files: Sequence[ImportedFile]) -> list[FetchedFile]:
        """Return the copies of files that are applied again after an older file.

        Where some are gone, one warning is added: values that they gave are overwritten.
        """
        left = [file for file in files if self.staging.has(file.sha256)]
        if len(left) < len(files):
            lost = next(file for file in files if file not in left)
            self.warnings.append(
                f"an older file came after {lost.path}, of which no staged copy is left: values of"
                " the older file overwrite those that came from there"
            )
        return self.of(left)

    def _needed(self, files: Sequence[ImportedFile]) -> list[FetchedFile]:
        """Return copies without which a changed goal would lose what it imported.

        Raises StageError where one is gone, unless `allow_missing`.
        """
        missing = [file.path for file in files if not self.staging.has(file.sha256)]
        if missing and not self.allow_missing:
            more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            raise StageError(
                f"{self.name}: its definition changed, and no intact staged copy is left of"
                f" {missing[0]}{more}: what came from there would be lost",
                self.goal.location("name"),
                hint="`runner ls --state` shows what changed: revert it, or go on without those"
                " files by `--allow-missing`",
            )
        return self.of(files)
