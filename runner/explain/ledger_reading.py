"""The rows of a profile read again, batch by batch, with what cannot be read as a note."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from runner.compile.input_file import LINES_PER_FILE
from runner.definitions.import_goal import ImportGoal
from runner.errors import RunnerError, counted
from runner.explain.import_batch import ImportBatch, import_batches
from runner.explain.joined_row import JoinedRow
from runner.explain.profile_ledger import NO_HASH, LedgerRow, ProfileLedger
from runner.explain.row_reader import RowReader, row_reader
from runner.state.goal_definition import goal_definition
from runner.workspace.declared_goal import all_goals
from runner.workspace.workspace import Workspace


@dataclass
class LedgerReading:
    """Reads the rows of a profile, and the lines that took back what they gave."""

    workspace: Workspace
    ledger: ProfileLedger
    # Goal -> the fingerprint of the definition with which it imported.
    fingerprints: Mapping[str, str]
    # What cannot be read again, or is read by another definition.
    notes: list[str] = field(default_factory=list)

    def read(self) -> list[JoinedRow]:
        """Return the rows in the order in which they were applied.

        Lines that took something back, and are of no row, have the hash `NO_HASH`.
        """
        wanted = [*self.ledger.rows, *self._retracting()]
        batches = import_batches(self.ledger, [row.origin for row in wanted])
        if not batches:
            return []
        with row_reader(self.workspace) as reader:
            rows = [row for batch in batches for row in self._batch(reader, batch, wanted)]
        return sorted(rows, key=lambda row: (row.ledger.origin, row.number))

    def _retracting(self) -> list[LedgerRow]:
        own = {row.origin for row in self.ledger.rows}
        return [
            LedgerRow(goal, NO_HASH, origin)
            for goal, origin in self.ledger.retractions
            if origin % LINES_PER_FILE and origin not in own
        ]

    def _batch(
        self, reader: RowReader, batch: ImportBatch, rows: Sequence[LedgerRow]
    ) -> list[JoinedRow]:
        """Return the rows of one batch; a note says why there are none, or fewer."""
        ids = {file.file_id for file in batch.lines}
        wanted = [row for row in rows if row.origin // LINES_PER_FILE in ids]
        declared = all_goals(self.workspace.project).get(batch.goal)
        if declared is None or not isinstance(declared.goal, ImportGoal):
            self._note(f"{batch.goal} is not declared any more: its lines cannot be read again")
            return []
        try:
            found = self._careful(reader, batch, wanted, declared.goal)
        except RunnerError as error:
            self._note(f"{batch.goal}: its lines cannot be read again: {error.message}")
            return []
        if _inexact(found):
            self._note(
                f"{batch.goal}: its definition, or what it reads, changed since the import: values"
                " are shown as it would read them now"
            )
        if missing := len(wanted) - len(found):
            self._note(
                f"{batch.goal}: {counted(missing, 'row')} cannot be read again: the staged copy is"
                " gone, or lines were erased"
            )
        return found

    def _careful(
        self, reader: RowReader, batch: ImportBatch, wanted: Sequence[LedgerRow], goal: ImportGoal
    ) -> list[JoinedRow]:
        """Read a batch; once more, as an import does, where a row is not as it was.

        What changed may be the definition: then the staged files are proved, and read as before.
        """
        found = reader.read(batch, wanted)
        if not _inexact(found) and len(found) == len(wanted):
            return found
        is_careful = not self._is_changed(batch, goal)
        with row_reader(self.workspace, is_proved=True, is_careful=is_careful) as again:
            return again.read(batch, wanted)

    def _is_changed(self, batch: ImportBatch, goal: ImportGoal) -> bool:
        """Return whether a goal's definition is another one than when it imported."""
        known = self.fingerprints.get(batch.goal)
        return known != goal_definition(self.workspace, goal).fingerprint

    def _note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


def _inexact(rows: Sequence[JoinedRow]) -> bool:
    return any(not row.is_exact for row in rows if row.ledger.row_hash != NO_HASH)
