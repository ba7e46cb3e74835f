"""What the ledger has of one profile: its rows, and what their lines gave."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import PurePosixPath

from runner.compile.input_file import LINES_PER_FILE
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
    # Whether a later line, or a new version of its file, took back what it gave.
    is_retracted: bool


@dataclass(frozen=True)
class SummedLine:
    """A line that counts in sums of a profile."""

    goal: str
    # Its file source; several, joined by `+`.
    sources: str
    line_hash: int
    # Property -> what it adds; None for nothing.
    amounts: Mapping[str, Decimal | None]
    origin: int


@dataclass(frozen=True)
class ProfileLedger:
    """What the ledger has of one profile."""

    # In the order in which they were applied.
    rows: tuple[LedgerRow, ...]
    sums: tuple[SummedLine, ...]
    # Goal and origin of lines that took back what another gave; line 0 where a file lost the line.
    retractions: tuple[tuple[str, int], ...]
    # All imports of the goals that have rows of it, by their id.
    files: Mapping[int, LedgerFile]

    def file_of(self, origin: int) -> LedgerFile | None:
        """Return the import of the file that an origin names."""
        return self.files.get(origin // LINES_PER_FILE)


def read_profile_ledger(warehouse: Warehouse, profile_id: str) -> ProfileLedger:
    """Read what the ledger has of a profile, and no other rows."""
    one = {"profile_id": profile_id}
    rows = warehouse.perform("explain.rows", **one)
    sums = warehouse.perform("explain.sums", **one)
    has = warehouse.has("runner", "retractions")
    retractions = warehouse.perform("explain.retractions", **one) if has else []
    goals = sorted({str(row[0]) for row in (*rows, *sums)})
    files = _files(warehouse, goals) if goals else {}
    replaceable = _replaceable(warehouse, goals)
    counted = set(warehouse.perform("explain.counted_rows", **one)) if replaceable else set()
    return ProfileLedger(
        rows=tuple(
            LedgerRow(
                goal, row_hash, origin, goal in replaceable and (goal, row_hash) not in counted
            )
            for goal, row_hash, origin in rows
        ),
        sums=tuple(
            SummedLine(
                goal,
                sources,
                line_hash,
                dict(zip(properties.split(","), amounts, strict=True)),
                origin,
            )
            for goal, sources, line_hash, properties, amounts, origin in sums
        ),
        retractions=tuple((str(goal), int(origin)) for goal, origin in retractions),
        files=files,
    )


def _replaceable(warehouse: Warehouse, goals: Iterable[str]) -> set[str]:
    """Return the goals whose lines something can replace."""
    return {goal for goal in goals if warehouse.exists("runner.keys", goal=goal)}


def _files(warehouse: Warehouse, goals: list[str]) -> dict[int, LedgerFile]:
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
