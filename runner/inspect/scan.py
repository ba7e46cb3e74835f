"""What a build would find: files, columns and links of each goal.

Nothing is changed: files that a build would need are downloaded to `target/staging`, its cache.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.errors import RunnerError
from runner.events import Event, Listener, ignore
from runner.inspect.export_scan import ExportScan, scan_export
from runner.inspect.import_scan import ImportScan, ImportScanner
from runner.stage.staging_lock import shared_staging
from runner.warehouse.ledger import Ledger, read_ledger
from runner.workspace.declared_goal import DeclaredGoal
from runner.workspace.goal_choice import selected_goals
from runner.workspace.open_remotes import OpenRemotes
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class FailedScan:
    """A goal that could not be scanned: its connection fails, or its definition is wrong."""

    name: str
    error: RunnerError

    @property
    def exit_code(self) -> int:
        """Return the code that the error ends a command with (B6)."""
        return self.error.exit_code


@dataclass(frozen=True)
class Scan:
    """What a build would find."""

    target: str
    # Of the times that are shown.
    timezone: str
    goals: tuple[ImportScan | ExportScan | FailedScan, ...]
    # Files that were downloaded for it, and their bytes.
    brought_files: int
    brought_bytes: int

    @property
    def exit_code(self) -> int:
        """Return the code that the command ends with (B6): the highest of its goals."""
        return max((getattr(goal, "exit_code", 0) for goal in self.goals), default=0)


class _Downloads:
    """Counts downloads, and passes the events on."""

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
    """Scan the selected goals; links are tried with the keys of about `rows` lines.

    The result of a goal holds its errors; the other goals go on. Raises UsageError where a
    selector fits no goal.
    """
    chosen = selected_goals(workspace.project, selectors)
    ledger = read_ledger(workspace.store)
    downloads = _Downloads(listener)
    with shared_staging(workspace.staging), OpenRemotes(workspace) as remotes:
        goals = tuple(
            _goal(workspace, declared, remotes, ledger, rows, downloads) for declared in chosen
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
    declared: DeclaredGoal[ImportGoal | ExportProfiles],
    remotes: OpenRemotes,
    ledger: Ledger,
    rows: int,
    listener: Listener,
) -> ImportScan | ExportScan | FailedScan:
    name, connection, goal = declared.name, declared.connection, declared.goal
    try:
        remote, settings = remotes.open(connection)
        if isinstance(goal, ExportProfiles):
            return scan_export(name, connection, goal, remote)
        scanner = ImportScanner(
            workspace, connection.connection, goal, remote, settings, ledger, listener
        )
        return scanner.scan(rows)
    except RunnerError as error:
        return FailedScan(name, error)
