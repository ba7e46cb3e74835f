"""The file of past builds. One build writes it, anyone reads it meanwhile (WAL)."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from runner.errors import RunnerError, UsageError
from runner.history.records import (
    BuildRecord,
    BuildStatus,
    ExportRecord,
    FileRecord,
    NodeRecord,
    ProgressRecord,
    RecordedBuild,
)
from runner.history.statement import statement

VERSION = 7
"""The schema's version, the value of `pragma user_version`."""
MIGRATIONS: Mapping[int, Callable[[], str]] = {
    4: lambda: statement("schema.rename_place"),
    5: lambda: statement("schema.add_exit_code"),
    6: lambda: statement("schema.add_warehouse"),
    7: lambda: statement("schema.add_reason"),
}
"""Version -> the statement that makes it from the version before."""

Record = TypeVar("Record", BuildRecord, NodeRecord, FileRecord, ExportRecord, ProgressRecord)

KILLED = "it was killed before it ended"
"""Why a build failed whose process is gone."""

PATIENCE = 10.0
"""Seconds to wait for another process that writes."""


class History:
    """The builds of a project, newest first. Use it in the thread that opened it.

    Every method raises RunnerError where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, and make it with its folder when there is none."""
        self.path = path
        with self._as_runner_error():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=PATIENCE)
        try:
            self._prepare()
        except RunnerError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was added is kept."""
        self._connection.close()

    def begin(self, build: BuildRecord) -> None:
        """Add a build that starts now.

        Builds of the same target that still count as running were killed: they become errors.
        """
        with self._transaction():
            self._run("builds.end_killed", {"target": build.target, "reason": KILLED})
            self._run("progress.end", {})
            self._run("builds.add", _as_stored(build))

    def add_nodes(self, nodes: Iterable[NodeRecord]) -> None:
        """Add what became of nodes of a build."""
        with self._transaction():
            for node in nodes:
                node_id = self._run("nodes.add", _as_stored(node)).lastrowid
                if node.fingerprint:
                    self._run("nodes.add_definition", _as_stored(node))
                for outcome, rows in node.outcomes.items():
                    counted = {"node_id": node_id, "outcome": outcome, "rows": rows}
                    self._run("nodes.add_outcome", counted)

    def add_files(self, imported: Iterable[FileRecord]) -> None:
        """Add files that a build imported."""
        with self._transaction():
            for file in imported:
                self._run("files.add", _as_stored(file))

    def add_exports(self, exported: Iterable[ExportRecord]) -> None:
        """Add files that a build sent."""
        with self._transaction():
            for file in exported:
                self._run("files.add_export", _as_stored(file))

    def finish(
        self,
        build_id: str,
        finished_at: datetime,
        status: BuildStatus,
        seconds: float,
        profiles: int,
        published: bool,
        reason: str = "",
    ) -> None:
        """Complete the record of a build that has ended; `reason` says why it failed."""
        ended = {
            "build_id": build_id,
            "finished_at": _stored(finished_at),
            "status": status,
            "seconds": seconds,
            "profiles": profiles,
            "published": published,
            "reason": reason,
        }
        with self._transaction():
            self._run("builds.finish", ended)
            self._run("progress.end", {})

    def record_progress(self, progress: ProgressRecord) -> None:
        """Record what a build does now; it replaces what it did before."""
        with self._transaction():
            self._run("progress.store", _as_stored(progress))

    def progress(self, build_id: str) -> ProgressRecord | None:
        """Return what a build does now, or None when it has ended or recorded nothing yet."""
        for row in self._read("progress.of_build", build_id=build_id):
            return _record(ProgressRecord, row, told_at=datetime.fromisoformat(row["told_at"]))
        return None

    def outage(self, target: str, connection: str) -> dict[str, datetime]:
        """Return the faults that the people of a connection were notified of, with their start."""
        found = self._read("outages.of_connection", target=target, connection=connection)
        return {row["fault"]: datetime.fromisoformat(row["since"]) for row in found}

    def keep_outage(self, target: str, connection: str, faults: Mapping[str, datetime]) -> None:
        """Keep the faults that last; none where all have passed."""
        whose = {"target": target, "connection": connection}
        with self._transaction():
            self._run("outages.delete", whose)
            for fault, since in faults.items():
                self._run("outages.add", {**whose, "fault": fault, "since": _stored(since)})

    def builds(self, limit: int = 20, target: str | None = None) -> tuple[BuildRecord, ...]:
        """Return the last builds, newest first; those of one target, where it is named."""
        return tuple(_build(row) for row in self._read("builds.list", limit=limit, target=target))

    def greatest_id(self) -> str:
        """Return the greatest id of a build, which is the newest; empty before the first."""
        return str(self._read("builds.greatest_id")[0]["build_id"])

    def last_build(self) -> BuildRecord | None:
        """Return the newest build, or None before the first."""
        return next(iter(self.builds(1)), None)

    def imported_files(self, target: str, after: str = "") -> tuple[FileRecord, ...]:
        """Return the files that published builds of a target imported, in that order.

        Those of builds after one alone, where it is named.
        """
        return tuple(
            _record(FileRecord, row, modified_at=datetime.fromisoformat(row["modified_at"]))
            for row in self._read("files.imported", target=target, after=after)
        )

    def fingerprints(self, target: str) -> dict[tuple[str, str], str]:
        """Return the fingerprints of goals in builds of a target: build, goal -> fingerprint."""
        found = self._read("nodes.definitions", target=target)
        return {(row["build_id"], row["goal"]): row["fingerprint"] for row in found}

    def undone_files(self, target: str) -> tuple[tuple[str, str, str], ...]:
        """Return the files that published builds undid: build, goal and path, hash."""
        found = self._read("nodes.undone_files", target=target)
        return tuple((row["build_id"], row["name"], row["message"]) for row in found)

    def refreshes(self, target: str) -> frozenset[str]:
        """Return the full refreshes of a target: each lists all files of the warehouse."""
        return frozenset(row["build_id"] for row in self._read("builds.refreshes", target=target))

    def full_id(self, beginning: str) -> str:
        """Return the id of the one build that begins so; raises UsageError where there is none."""
        found = [str(row["build_id"]) for row in self._read("builds.ids", beginning=beginning)]
        if beginning in found or len(found) == 1:
            return beginning if beginning in found else found[0]
        what = "several builds begin" if found else "no build begins"
        raise UsageError(f"{what} with '{beginning}'", hint="`runner history` lists them")

    def build(self, build_id: str) -> RecordedBuild | None:
        """Return all that is kept of a build, or None when there is none of that id."""
        found = self._read("builds.one", build_id=build_id)
        if not found:
            return None
        outcomes: dict[int, dict[str, int]] = {}
        for row in self._read("nodes.outcomes", build_id=build_id):
            outcomes.setdefault(row["node_id"], {})[row["outcome"]] = row["rows"]
        return RecordedBuild(
            build=_build(found[0]),
            nodes=tuple(
                _record(NodeRecord, row, outcomes=outcomes.get(row["node_id"], {}))
                for row in self._read("nodes.of_build", build_id=build_id)
            ),
            files=tuple(
                _record(FileRecord, row, modified_at=datetime.fromisoformat(row["modified_at"]))
                for row in self._read("files.of_build", build_id=build_id)
            ),
            exports=tuple(
                _record(ExportRecord, row) for row in self._read("files.exports", build_id=build_id)
            ),
        )

    def _prepare(self) -> None:
        """Make the tables of a new file; leave one that has them as it is."""
        with self._as_runner_error():
            self._connection.row_factory = sqlite3.Row
            version = self._version()
            if version > VERSION:
                raise RunnerError(f"{self.path}: written by a newer runner: update this one")
            if version == VERSION:
                return
            self._use_write_ahead_log()
            steps = [migrate() for later, migrate in MIGRATIONS.items() if 0 < version < later]
            schema = "\n".join([*steps, statement("schema.tables")])
            try:
                self._connection.executescript(f"begin immediate;\n{schema}\ncommit;")
            except sqlite3.OperationalError:
                # Another process may have made the tables meanwhile.
                self._connection.rollback()
                if self._version() != VERSION:
                    raise

    def _version(self) -> int:
        return int(self._connection.execute("pragma user_version").fetchone()[0])

    def _use_write_ahead_log(self) -> None:
        """Let readers in while a build writes.

        SQLite does not wait for another process that takes this step at the same time.
        """
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self._connection.execute("pragma journal_mode = wal").fetchall()
                return
            except sqlite3.OperationalError:
                if time.monotonic() > until:
                    raise
            time.sleep(0.02)

    @contextmanager
    def _as_runner_error(self) -> Iterator[None]:
        """Raise a failure of SQLite or of the disk as a RunnerError."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise RunnerError(
                f"{self.path}: the history of builds cannot be used: {error}",
                hint="move it away and the next build starts a new one; only the history knows what"
                " past builds did, and from which files to rebuild a lost warehouse",
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._as_runner_error(), self._connection:
            yield

    def _run(self, name: str, values: Mapping[str, Any]) -> sqlite3.Cursor:
        return self._connection.execute(statement(name), values)

    def _read(self, name: str, **values: Any) -> list[sqlite3.Row]:
        with self._as_runner_error():
            return self._run(name, values).fetchall()


def _as_stored(record: Record) -> dict[str, Any]:
    """Return the columns of a record, by name, as SQLite takes them."""
    columns = [column.name for column in fields(record)]
    return {name: _stored(getattr(record, name)) for name in columns if name != "outcomes"}


def _stored(value: Any) -> Any:
    """Return a time as ISO 8601 text in UTC, a text as one that has bytes, others as they are."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return value


def _build(row: sqlite3.Row) -> BuildRecord:
    ended = row["finished_at"]
    return _record(
        BuildRecord,
        row,
        started_at=datetime.fromisoformat(row["started_at"]),
        finished_at=datetime.fromisoformat(ended) if ended else None,
        published=bool(row["published"]),
    )


def _record(kind: type[Record], row: sqlite3.Row, **converted: Any) -> Record:
    """Return a record of a row's columns; `converted` replaces what they hold."""
    names = {column.name for column in fields(kind)}
    stored = {name: row[name] for name in row.keys() if name in names}  # noqa: SIM118
    return kind(**{**stored, **converted})
