"""What a build would find: files, columns and links of each goal. Nothing is changed.

Files that a build would need are brought to `target/staging`, where it finds them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from runner.compile.file_name import NamedFor, file_name
from runner.definitions.connection import Connection
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.errors import RemoteError, RunnerError
from runner.events import Event, Listener, ignore
from runner.inspect.file_scan import FileScan, seen
from runner.inspect.import_scan import ImportScan, ImportScanner
from runner.inspect.missing_directory import is_missing
from runner.remote import Remote
from runner.warehouse.ledger import Ledger, read_ledger
from runner.workspace.goal_choice import goal_name, selected_goals
from runner.workspace.open_remotes import OpenRemotes
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class ExportScan:
    """The files that are in the directory of an export goal already."""

    name: str
    directory: str
    # What the next build sends, as the name is written in the goal.
    file_name: str
    # Whether the directory is there; the first export makes it.
    is_there: bool
    files: tuple[FileScan, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FailedScan:
    """A goal that could not be looked at: its connection fails, or its definition is wrong."""

    name: str
    error: RunnerError

    @property
    def exit_code(self) -> int:
        """Return the code that the error ends a command with (B6)."""
        return 4 if isinstance(self.error, RemoteError) else self.error.exit_code


@dataclass(frozen=True)
class Scan:
    """What a build would find."""

    target: str
    # Of the times that are shown.
    timezone: str
    goals: tuple[ImportScan | ExportScan | FailedScan, ...]
    # Files that were brought here for it, and their bytes.
    brought_files: int
    brought_bytes: int

    @property
    def exit_code(self) -> int:
        """Return the code that the command ends with (B6): the gravest of its goals."""
        return max((getattr(goal, "exit_code", 0) for goal in self.goals), default=0)


class _Downloads:
    """Counts what is brought, and tells the events on."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.sizes: dict[str, int] = {}

    def __call__(self, event: Event) -> None:
        if event.kind == "progress" and event.unit == "bytes":
            self.sizes[event.name] = event.total
        self.listener(event)


def scan(
    workspace: Workspace,
    selectors: Sequence[str] = (),
    rows: int = 1000,
    listener: Listener = ignore,
) -> Scan:
    """Look at the selected goals; links are tried with the keys of about `rows` lines.

    What is wrong with a goal is told in its result, and the others go on. Raises UsageError
    where a selector fits no goal.
    """
    chosen = selected_goals(workspace.project, selectors)
    ledger = read_ledger(workspace.warehouse)
    downloads = _Downloads(listener)
    with OpenRemotes(workspace) as remotes:
        goals = tuple(
            _goal(workspace, connection, goal, remotes, ledger, rows, downloads)
            for connection, goal in chosen
        )
    return Scan(
        workspace.target_name,
        workspace.project.file.timezone,
        goals,
        len(downloads.sizes),
        sum(downloads.sizes.values()),
    )


def _goal(
    workspace: Workspace,
    connection: Connection,
    goal: ImportGoal | ExportProfiles,
    remotes: OpenRemotes,
    ledger: Ledger,
    rows: int,
    listener: Listener,
) -> ImportScan | ExportScan | FailedScan:
    name = goal_name(connection, goal)
    try:
        remote, settings = remotes.open(connection)
        if isinstance(goal, ExportProfiles):
            return _export(name, connection, goal, remote)
        scanner = ImportScanner(
            workspace, connection.connection, goal, remote, settings, ledger, listener
        )
        return scanner.scan(rows)
    except RunnerError as error:
        return FailedScan(name, error)


def _export(name: str, connection: Connection, goal: ExportProfiles, remote: Remote) -> ExportScan:
    sent = file_name(goal, NamedFor(connection.connection, datetime.now(UTC), "BUILD"))
    try:
        listing = remote.list(goal.directory)
    except RemoteError as error:
        if not is_missing(error.message):
            raise
        return ExportScan(name, goal.directory, goal.file_name, False)
    files = tuple(seen(file, "replaced" if file.name == sent else "kept") for file in listing.files)
    return ExportScan(name, goal.directory, goal.file_name, True, files, listing.refused)
