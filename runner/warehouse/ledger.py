"""What was imported before: files and fingerprints, as the warehouse remembers them (F5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from runner.engine.duckdb.warehouse import Warehouse
from runner.remote import RemoteFile

EARLIER = ""
"""Fingerprint of what a replay imports in the place of an earlier definition: of none that is."""


@dataclass(frozen=True)
class ImportedFile:
    """One import of one file by a goal."""

    file_id: int
    goal: str
    source: str
    path: str
    size: int
    modified_at: datetime
    sha256: str
    fingerprint: str
    build_id: str
    is_main: bool

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what names a content of a file in a goal: goal, path, hash."""
        return (self.goal, self.path, self.sha256)

    @property
    def remote_file(self) -> RemoteFile:
        """Return the file as the server told it then."""
        name = PurePosixPath(self.path).name
        return RemoteFile(self.path, name, self.size, self.modified_at)

    def is_unchanged(self, file: RemoteFile) -> bool:
        """Tell whether a file on the server has the size and time that were imported."""
        return (file.size, file.modified_at) == (self.size, self.modified_at)


@dataclass(frozen=True)
class Ledger:
    """The files that goals imported, in the order of import."""

    files: tuple[ImportedFile, ...] = ()
    # Goal -> fingerprint of its last import.
    goals: Mapping[str, str] | None = None
    # Goal -> the parts of its definition then, as `Definition.kept`; where they were kept.
    parts: Mapping[str, str] | None = None
    # Main files whose import a rollback undid.
    returning: tuple[ImportedFile, ...] = ()

    # Main files that were taken out again, each with the build that did it.
    undone: tuple[ImportedFile, ...] = ()

    def without(self, taken: Sequence[ImportedFile], build_id: str = "") -> "Ledger":
        """Return this ledger as if some main files had never come; they are marked as undone.

        Where an edited goal imported one again, the content before it takes its place there.
        """
        keys = {file.key for file in taken}
        marks = {file.key: replace(file, build_id=build_id) for file in taken}
        again = {goal: self._changed_in(goal) for goal in {file.goal for file in taken}}
        last: dict[tuple[str, str], ImportedFile] = {}
        left = []
        for file in self.files:
            if file.key not in keys:
                last[file.goal, file.path] = file
                left.append(file)
            elif file.build_id == again[file.goal] and (file.goal, file.path) in last:
                before = last[file.goal, file.path]
                left.append(replace(before, fingerprint=file.fingerprint, build_id=file.build_id))
        return replace(
            self,
            files=tuple(left),
            undone=(*(file for file in self.undone if file.key not in keys), *marks.values()),
        )

    def is_undone(self, goal: str, file: RemoteFile, sha256: str = "") -> bool:
        """Tell whether a file on the server is one that was taken out, by time or by content."""
        return any(
            mark.goal == goal
            and mark.path == file.path
            and (mark.is_unchanged(file) or mark.sha256 == sha256)
            for mark in self.undone
        )

    def kept_definition(self, goal: str) -> str | None:
        """Return the parts of a goal's definition at its last import, where they were kept."""
        return (self.parts or {}).get(goal)

    def fingerprint(self, goal: str) -> str | None:
        """Return the fingerprint of a goal's last import; None where it never imported."""
        return (self.goals or {}).get(goal)

    def main_files(self, goal: str) -> dict[str, ImportedFile]:
        """Return the last import of each main file of a goal, in the order of import."""
        found: dict[str, ImportedFile] = {}
        for file in self.files:
            if file.goal == goal and file.is_main:
                found.pop(file.path, None)
                found[file.path] = file
        return found

    def chained_files(self, goal: str) -> dict[str, list[ImportedFile]]:
        """Return the chained files that a goal's last import joined, by source."""
        own = [file for file in self.files if file.goal == goal]
        last = own[-1].build_id if own else ""
        found: dict[str, list[ImportedFile]] = {}
        for file in own:
            if file.build_id == last and not file.is_main:
                found.setdefault(file.source, []).append(file)
        return found

    def builds(self) -> list[str]:
        """Return the ids of the builds that imported, oldest first."""
        return list(dict.fromkeys(file.build_id for file in self.files))

    def standing(self, goal: str) -> list[ImportedFile]:
        """Return what a goal imported since its definition last changed: all that holds of it.

        The first build of it imported again what came before.
        """
        return self._parted(goal)[1]

    def earlier(self, goal: str) -> list[ImportedFile]:
        """Return what a goal imported before its definition last changed, each content once.

        What a build imported again since the definition had changed by then is left out.
        """
        return _as_they_came(self.before_change(goal)) if self.standing(goal) else []

    def before_change(self, goal: str) -> list[ImportedFile]:
        """Return all imports of a goal before its definition last changed."""
        return self._parted(goal)[0]

    def _changed_in(self, goal: str) -> str:
        """Return the build that imported a goal again since its definition had changed."""
        earlier, standing = self._parted(goal)
        return standing[0].build_id if earlier and standing else ""

    def _parted(self, goal: str) -> tuple[list[ImportedFile], list[ImportedFile]]:
        own = [file for file in self.files if file.goal == goal]
        first = len(own)
        while first and own[first - 1].fingerprint == self.fingerprint(goal):
            first -= 1
        return own[:first], own[first:]


def _as_they_came(files: Sequence[ImportedFile]) -> list[ImportedFile]:
    """Leave out main files that a build imported again since the definition had changed."""
    came: set[tuple[str, str, str]] = set()
    found = []
    fingerprint, changed_in = "", ""
    for file in files:
        if file.fingerprint != fingerprint:
            fingerprint, changed_in = file.fingerprint, file.build_id
        is_again = file.build_id == changed_in and file.key in came
        if not (file.is_main and is_again):
            found.append(file)
        if file.is_main:
            came.add(file.key)
    return found


def read_ledger(path: Path) -> Ledger:
    """Read the ledger of a published warehouse; an empty one where there is no warehouse.

    Raises ExecutionError where the warehouse cannot be opened.
    """
    if not path.exists():
        return Ledger()
    with Warehouse.open(path, read_only=True) as warehouse:
        return ledger_in(warehouse)


def ledger_in(warehouse: Warehouse) -> Ledger:
    """Return the ledger that an open warehouse holds."""
    files = tuple(
        ImportedFile(
            file_id=row[9],
            goal=row[0],
            source=row[1],
            path=row[2],
            size=row[3],
            modified_at=row[4].replace(tzinfo=UTC),
            sha256=row[5],
            fingerprint=row[6],
            build_id=row[7],
            is_main=row[8],
        )
        for row in warehouse.perform("files")
    )
    goals = warehouse.perform("goals")
    return Ledger(
        files=files,
        goals={goal: fingerprint for goal, fingerprint, _ in goals},
        parts={goal: parts for goal, _, parts in goals if parts},
        returning=_returning(warehouse),
        undone=_undone(warehouse),
    )


def _returning(warehouse: Warehouse) -> tuple[ImportedFile, ...]:
    if not warehouse.perform("has_returning")[0][0]:
        return ()
    return tuple(
        ImportedFile(0, goal, source, path, size, time.replace(tzinfo=UTC), sha256, "", "", True)
        for goal, source, path, size, time, sha256 in warehouse.perform("returning")
    )


def _undone(warehouse: Warehouse) -> tuple[ImportedFile, ...]:
    if not warehouse.perform("has_undone")[0][0]:
        return ()
    return tuple(
        ImportedFile(0, goal, source, path, size, time.replace(tzinfo=UTC), sha256, "", build, True)
        for goal, source, path, size, time, sha256, build in warehouse.perform("undone")
    )
