"""What goals imported: files and fingerprints, as the warehouse lists them (F5)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC

from runner.engine.store import PUBLISHED, Store
from runner.engine.warehouse import Warehouse
from runner.warehouse.imported_file import FileKey, ImportedFile
from runner.warehouse.undone_files import UndoneFiles, read_undone


@dataclass(frozen=True)
class Ledger:
    """The files that goals imported, in the order of import."""

    files: tuple[ImportedFile, ...] = ()
    # Goal -> fingerprint of its last import.
    goals: Mapping[str, str] | None = None
    # Goal -> the parts of its definition then, as `Definition.stored`; where they were stored.
    parts: Mapping[str, str] | None = None
    undone: UndoneFiles = field(default_factory=UndoneFiles)

    def without(self, files: Sequence[ImportedFile], build_id: str = "") -> "Ledger":
        """Return this ledger as if some main files had never come: `build_id` keeps them out.

        Where a changed goal imported one again, the content before it is in its place.
        """
        keys = {file.key for file in files}
        kept_out = {file.key: replace(file, build_id=build_id) for file in files}
        again = {goal: self._changed_in(goal) for goal in {file.goal for file in files}}
        last: dict[tuple[str, str], ImportedFile] = {}
        left = []
        for file in self.files:
            if file.key not in keys:
                last[file.goal, file.path] = file
                left.append(file)
            elif file.build_id == again[file.goal] and (file.goal, file.path) in last:
                earlier = last[file.goal, file.path]
                left.append(replace(earlier, fingerprint=file.fingerprint, build_id=file.build_id))
        before = [file for file in self.undone.kept_out if file.key not in keys]
        undone = replace(self.undone, kept_out=(*before, *kept_out.values()))
        return replace(self, files=tuple(left), undone=undone)

    def with_returning(self, files: Sequence[ImportedFile]) -> "Ledger":
        """Return this ledger with more main files that the next build imports again."""
        returning = (*self.undone.returning, *files)
        return replace(self, undone=replace(self.undone, returning=returning))

    def stored_definition(self, goal: str) -> str | None:
        """Return what is stored of a goal's definition at its last import; may be None."""
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
        own = [file for file in self.files if file.goal == goal and not file.is_retried]
        last = own[-1].build_id if own else ""
        found: dict[str, list[ImportedFile]] = {}
        for file in own:
            if file.build_id == last and not file.is_main:
                found.setdefault(file.source, []).append(file)
        return found

    def builds(self) -> list[str]:
        """Return the ids of the builds that imported, oldest first."""
        return list(dict.fromkeys(file.build_id for file in self.files))

    def since_change(self, goal: str) -> list[ImportedFile]:
        """Return the imports of a goal since its definition last changed.

        The first build among them imported all earlier files again.
        """
        return self._split_at_change(goal)[1]

    def before_change(self, goal: str) -> list[ImportedFile]:
        """Return the imports of a goal before its definition last changed."""
        return self._split_at_change(goal)[0]

    def first_before_change(self, goal: str) -> list[ImportedFile]:
        """Return those before the last change, without the repeats that earlier changes caused."""
        return _without_repeats(self.before_change(goal)) if self.since_change(goal) else []

    def _changed_in(self, goal: str) -> str:
        """Return the build that imported a goal again because its definition had changed."""
        before, since = self._split_at_change(goal)
        return since[0].build_id if before and since else ""

    def _split_at_change(self, goal: str) -> tuple[list[ImportedFile], list[ImportedFile]]:
        own = [file for file in self.files if file.goal == goal]
        first = len(own)
        while first and own[first - 1].fingerprint == self.fingerprint(goal):
            first -= 1
        return own[:first], own[first:]


def _without_repeats(files: Sequence[ImportedFile]) -> list[ImportedFile]:
    """Leave out main files that a build imported again because the definition had changed."""
    known: set[FileKey] = set()
    found = []
    fingerprint, changed_in = "", ""
    for file in files:
        if file.fingerprint != fingerprint:
            fingerprint, changed_in = file.fingerprint, file.build_id
        is_again = file.build_id == changed_in and file.key in known
        if not (file.is_main and is_again):
            found.append(file)
        if file.is_main:
            known.add(file.key)
    return found


def read_ledger(store: Store, version: str = PUBLISHED) -> Ledger:
    """Read the ledger of a version; an empty one where no warehouse is published.

    Raises ExecutionError where the version cannot be opened.
    """
    if version == PUBLISHED and not store.is_published:
        return Ledger()
    with store.open(version) as warehouse:
        return ledger_in(warehouse)


def ledger_in(warehouse: Warehouse, relations: Collection[str] | None = None) -> Ledger:
    """Return the ledger that an open warehouse holds; `relations` as `has` takes them."""
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
            is_set_aside=bool(row[10]),
            is_retried=bool(row[11]),
        )
        for row in warehouse.perform("ledger.files")
    )
    goals = warehouse.perform("ledger.goals")
    return Ledger(
        files=files,
        goals={goal: fingerprint for goal, fingerprint, _ in goals},
        parts={goal: parts for goal, _, parts in goals if parts},
        undone=read_undone(warehouse, relations),
    )


def store_build(warehouse: Warehouse, build_id: str) -> None:
    """Write into a warehouse which build makes it."""
    warehouse.perform("ledger.store_build", build_id=build_id)


def published_build(warehouse: Warehouse, relations: Collection[str] | None = None) -> str:
    """Return the build that made a warehouse; empty where that is not stored.

    `relations` as `has` takes them.
    """
    if not warehouse.has("runner", "published", relations):
        return ""
    return str(warehouse.value("ledger.published_build"))
