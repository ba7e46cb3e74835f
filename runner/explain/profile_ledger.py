"""What the ledger has of one profile: its rows, and the files that they are of."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

from runner.engine.warehouse import Warehouse
from runner.remote import RemoteFile

NO_HASH = -1
"""In the place of the hash of a row that is looked up by its line alone."""


@dataclass(frozen=True)
class LedgerFile:
    """One import of one file by a goal."""

    file_id: int
    goal: str
    source: str
    path: str
    size: int
    modified_at: datetime
    sha256: str
    build_id: str
    is_main: bool
    # The columns that it had.
    header: tuple[str, ...]

    @property
    def remote_file(self) -> RemoteFile:
        """Return the file as the server listed it then."""
        return RemoteFile(self.path, PurePosixPath(self.path).name, self.size, self.modified_at)


@dataclass(frozen=True)
class LedgerRow:
    """A row that was applied to a profile."""

    goal: str
    row_hash: int
    # Its file, times `LINES_PER_FILE`, plus its line.
    origin: int


@dataclass(frozen=True)
class ProfileLedger:
    """What the ledger has of one profile."""

    # In the order in which they were applied.
    rows: tuple[LedgerRow, ...]
    # Goal and origin of lines that took back what another gave; line 0 where a file lost the line.
    retractions: tuple[tuple[str, int], ...]
    # All imports of the goals that have rows of it, by their id.
    files: Mapping[int, LedgerFile]

    @property
    def goals(self) -> list[str]:
        """Return the goals that have rows of it."""
        return sorted({row.goal for row in self.rows})


def read_profile_ledger(warehouse: Warehouse, profile_id: str) -> ProfileLedger:
    """Read what the ledger has of a profile, and no other rows."""
    one = {"profile_id": profile_id}
    rows = warehouse.perform("explain.rows", **one)
    has = warehouse.has("runner", "retractions")
    retractions = warehouse.perform("explain.retractions", **one) if has else []
    goals = sorted({str(row[0]) for row in rows})
    return ProfileLedger(
        rows=tuple(LedgerRow(*row) for row in rows),
        retractions=tuple((str(goal), int(origin)) for goal, origin in retractions),
        files=read_files(warehouse, goals) if goals else {},
    )


def read_files(warehouse: Warehouse, goals: Sequence[str]) -> dict[int, LedgerFile]:
    """Return all imports of these goals, by their id."""
    files = (
        LedgerFile(
            file_id=row[0],
            goal=row[1],
            source=row[2],
            path=row[3],
            size=row[4],
            modified_at=row[5].replace(tzinfo=UTC),
            sha256=row[6],
            build_id=row[7],
            is_main=row[8],
            header=tuple(json.loads(row[9] or "[]")),
        )
        for row in warehouse.perform("explain.files", goals=goals)
    )
    return {file.file_id: file for file in files}
