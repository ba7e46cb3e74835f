"""Whether each connection of a target works, with the directories of its goals."""

from collections.abc import Sequence
from dataclasses import dataclass

from runner.definitions.connection import Connection
from runner.definitions.export_goal import ExportProfiles
from runner.errors import RunnerError
from runner.remote.path import is_missing
from runner.remote.probe import ProbeStep, probe
from runner.stage.matched_files import directory_of
from runner.workspace.key_check import checked_keys
from runner.workspace.remote_settings import remote_settings
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class CheckedStep:
    """One thing that was tried on a connection."""

    name: str
    # `later`: a directory that is not there yet, and that the first export makes.
    status: str
    message: str = ""


@dataclass(frozen=True)
class ConnectionCheck:
    """What came of a connection."""

    name: str
    # sftp, local or the protocol, and where it leads; empty where its settings are wrong.
    kind: str = ""
    address: str = ""
    steps: tuple[CheckedStep, ...] = ()
    # What is wrong with its settings.
    error: RunnerError | None = None
    is_enabled: bool = True

    @property
    def exit_code(self) -> int:
        """Return the code that the command ends with (B6): 4 where a step failed."""
        if self.error is not None:
            return self.error.exit_code
        return 4 if any(step.status == "failed" for step in self.steps) else 0


def check_connections(
    workspace: Workspace, names: Sequence[str] = ()
) -> tuple[ConnectionCheck, ...]:
    """Try the named connections, or all that are enabled.

    An empty file is written to the directories of export goals and of goals with
    `done_suffix`, and removed. Raises UsageError where there is no connection of a name.
    """
    project = workspace.project
    chosen = [project.connection(name) for name in names] or list(project.connections)
    return tuple(
        _check(workspace, connection)
        if connection.enabled or names
        else ConnectionCheck(connection.connection, is_enabled=False)
        for connection in chosen
    )


def _check(workspace: Workspace, connection: Connection) -> ConnectionCheck:
    name = connection.connection
    try:
        settings = remote_settings(workspace, connection)
        directories, made = _directories(connection)
        found = probe(settings, list(directories.items()))
    except RunnerError as error:
        return ConnectionCheck(name, error=error)
    address = f"{settings.username}@{settings.address}" if settings.host else settings.path
    steps = [_step(step, made) for step in found.steps]
    for goal, outcome in checked_keys(workspace, connection):
        status = "failed" if isinstance(outcome, RunnerError) else "ok"
        steps.append(CheckedStep(f"keys of {goal}", status, str(outcome)))
    return ConnectionCheck(name, settings.kind, address, tuple(steps))


def _directories(connection: Connection) -> tuple[dict[str, bool], set[str]]:
    """Return the directories of a connection's goals, and those that an export makes.

    Directory -> whether something is written or renamed there.
    """
    written: dict[str, bool] = {}
    read: set[str] = set()
    for goal in connection.goals:
        if not goal.enabled:
            continue
        if isinstance(goal, ExportProfiles):
            written[goal.directory.strip("/")] = True
            continue
        for name, source in goal.files.items():
            directory = directory_of(source)
            read.add(directory)
            is_renamed = goal.done_suffix and name == goal.main
            written[directory] = written.get(directory, False) or is_renamed
    return written, set(written) - read


def _step(step: ProbeStep, made: set[str]) -> CheckedStep:
    _, _, directory = step.name.partition(" ")
    if step.status == "failed" and directory in made and is_missing(step.message):
        return CheckedStep(step.name, "later", "not there yet; the first export makes it")
    return CheckedStep(step.name, step.status, step.message)
