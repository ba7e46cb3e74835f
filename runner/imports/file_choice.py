"""Which files of a goal a build imports, and why: new, changed, or known (F5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from runner.definitions.import_goal import ImportGoal
from runner.errors import RunnerError
from runner.imports.batch import ImportBatch
from runner.imports.found_files import FoundFiles
from runner.imports.renamed_files import RenamedFile
from runner.remote import RemoteFile
from runner.warehouse.ledger import Ledger

SETTLED = ("unchanged", "undone")
"""Why a main file is not imported: it was before, or its import was undone."""
REDEFINED = "definition changed"
RETURNING = "its rows were left out before"
"""Why a file that is known is imported again: rows of it are not in the warehouse any more, or
were not applied for a reason that is gone."""
OVERTAKEN = "applied again after an older file"
"""Why an imported file is read again: a file that comes before it arrived late (P8)."""


@dataclass(frozen=True)
class FileChoice:
    """What a build found for an import goal, and what it imports of it."""

    found: FoundFiles
    # None where there is nothing to import.
    batch: ImportBatch | None
    # Path of a main file -> why it is imported, or not.
    reasons: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    is_redefined: bool = False
    # Imported files that the server lists under another name (F8).
    renamed: tuple[RenamedFile, ...] = ()
    # Main files that could not be downloaded; the others are imported, and the build fails.
    missing: tuple[tuple[RemoteFile, RunnerError], ...] = ()
    # What of it is an error for want of a new file (F12).
    overdue: tuple[str, ...] = ()


def reasons_of(
    goal: ImportGoal, name: str, found: FoundFiles, ledger: Ledger, is_redefined: bool
) -> Mapping[str, str]:
    """Return why each main file on the server would be imported; SETTLED where it would not.

    A file whose size or time changed is `changed` until its content is compared.
    """
    imported = ledger.main_files(name)
    returning = {undone.key for undone in ledger.undone.returning}
    reasons = {}
    for file in found.matched[goal.main].files:
        before = imported.get(file.path)
        if ledger.undone.keeps_out(name, file):
            reasons[file.path] = "undone"
        elif before is None:
            reasons[file.path] = "new"
        elif is_redefined:
            reasons[file.path] = REDEFINED
        elif before.is_unchanged(file) and before.key in returning:
            reasons[file.path] = RETURNING
        elif before.is_unchanged(file):
            reasons[file.path] = "unchanged"
        else:
            reasons[file.path] = "changed"
    return reasons
