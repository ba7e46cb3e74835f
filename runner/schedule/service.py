"""Runs builds by the schedules of a project, one at a time, until it is stopped (B1, B4)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from runner.definitions.connection import Connection
from runner.errors import DefinitionError, RunnerError
from runner.events import Event, Listener, ignore
from runner.file_mode import FILE_MODE
from runner.schedule.next_run import next_run
from runner.workspace.workspace import Workspace

PARTS = ("connections", "models", "macros", "tests")
LONGEST_WAIT = 5.0
"""Seconds after which changed definitions are noticed."""


class Clock(Protocol):
    """Time as the service sees it; a test sets it."""

    def now(self) -> datetime:
        """Return the time, in UTC."""

    def wait(self, seconds: float) -> None:
        """Wait, or less long when the service is stopped."""

    def is_stopped(self) -> bool:
        """Return whether the service is to stop."""


@dataclass
class Service:
    """The schedules of a project under way."""

    folder: Path
    open_workspace: Callable[[], Workspace]
    # Builds a connection and returns the exit code (B6).
    build: Callable[[Workspace, Connection], int]
    clock: Clock
    listener: Listener = ignore
    # Called with the state whenever it changes.
    show_health: Callable[[Mapping[str, object]], None] = lambda _: None
    # What it begins with; opened where there is none.
    first: Workspace | None = None
    # Called with the mistakes of changed definitions.
    notify: Callable[[DefinitionError], None] = lambda _: None
    # Connection -> when it last ran, or was first seen.
    last: dict[str, datetime] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    # Connections whose run was cut short when the service was killed: it is made up for once.
    _cut_short: set[str] = field(default_factory=set)
    _workspace: Workspace | None = None
    _seen: frozenset[tuple[str, int]] = frozenset()

    def run(self) -> None:
        """Run what is due until stopped; a run that was missed several times runs once.

        Raises RunnerError where the definitions are wrong at the start.
        """
        self._workspace = self.first or self.open_workspace()
        self._seen = self._versions()
        self._remembered()
        while not self.clock.is_stopped():
            self._reload()
            coming = self.coming()
            due = [name for name, moment in coming.items() if moment <= self.clock.now()]
            self._tell("", coming)
            for name in sorted(due, key=lambda name: (coming[name], name)):
                if not self.clock.is_stopped():
                    self._run(name)
            if not due:
                pause = (
                    min((m - self.clock.now()).total_seconds() for m in coming.values())
                    if coming
                    else LONGEST_WAIT
                )
                self.clock.wait(min(LONGEST_WAIT, max(0.0, pause)))

    def coming(self) -> dict[str, datetime]:
        """Return when each scheduled connection runs next; a moment past is due."""
        assert self._workspace is not None
        zone = self._workspace.project.file.timezone
        now = self.clock.now()
        scheduled = {
            connection.connection: connection.schedule
            for connection in self._workspace.project.connections
            if connection.enabled and connection.schedule
        }
        # What was disabled missed nothing; a clock that was set back must not hold it up.
        self.last = {name: min(self.last.get(name, now), now) for name in scheduled}
        return {
            name: next_run(schedule, zone, self.last[name]) for name, schedule in scheduled.items()
        }

    def _run(self, name: str) -> None:
        assert self._workspace is not None
        before, self.last[name] = self.last[name], self.clock.now()
        self._tell(name, self.coming())
        self.listener(Event("started", name, "its schedule says so"))
        # One that kills the service each time must not be tried for ever.
        is_second = name in self._cut_short
        self._cut_short.discard(name)
        try:
            self._remember({} if is_second else {name: before})
            self.codes[name] = self.build(self._workspace, self._workspace.project.connection(name))
            if self.clock.is_stopped():
                # It may not have ended: made up for when the service runs again.
                self.last[name] = before
        except (RunnerError, OSError) as error:
            self.codes[name] = getattr(error, "exit_code", 1)
            self.listener(Event("warning", name, str(error)))
        try:
            self._remember()
        except OSError as error:
            self.listener(Event("warning", name, str(error)))
        self._tell("", self.coming())

    def _reload(self) -> None:
        """Take changed definitions; wrong ones give one warning, and the earlier ones stay."""
        try:
            seen = self._versions()
            if seen == self._seen:
                return
            self._seen = seen
            self._workspace = self.open_workspace()
            self.listener(Event("note", "schedule", "the definitions changed and were read again"))
        except (RunnerError, OSError) as error:
            self.listener(Event("warning", "schedule", f"the earlier definitions stay: {error}"))
            if isinstance(error, DefinitionError) and self._workspace:
                self._workspace = replace(self._workspace, is_outdated=True)
                self.notify(error)

    def _tell(self, running: str, coming: Mapping[str, datetime]) -> None:
        self.show_health(
            {
                "status": "building" if running else "waiting",
                "connection": running,
                "next": {name: moment.isoformat() for name, moment in coming.items()},
                "exit_codes": dict(self.codes),
            }
        )

    def _versions(self) -> frozenset[tuple[str, int]]:
        """Return the files of the definitions, each with the time of its last change."""
        assert self._workspace is not None
        project = self._workspace.project
        steps = {self.folder / file.path for file in project.python_files.values()}
        files = [self.folder / "runner_project.yml", *steps.union(self.folder.glob("*.py"))]
        for part in PARTS:
            files += [
                path
                for path in (self.folder / part).rglob("*.*")
                if path.suffix in (".yml", ".yaml", ".sql", ".csv")
            ]
        return frozenset((str(path), _version(path)) for path in files)

    @property
    def _memory(self) -> Path:
        assert self._workspace is not None
        return self._workspace.generated / f"schedule_{self._workspace.target_name}.json"

    def _remembered(self) -> None:
        """Read when each connection last ran, so that a stop does not lose a run."""
        try:
            kept = json.loads(self._memory.read_text(encoding="utf-8"))
            self.last = {name: datetime.fromisoformat(at["last"]) for name, at in kept.items()}
            self._cut_short = {name for name, at in kept.items() if at["is_running"]}
        except FileNotFoundError:
            return
        except (OSError, ValueError, AttributeError, TypeError, LookupError) as error:
            self.listener(Event("warning", "schedule", f"{self._memory.name}: {error}"))

    def _remember(self, running: Mapping[str, datetime] | None = None) -> None:
        """Keep when each connection last ran; of one that is running, when it ran before."""
        moments = {**self.last, **(running or {})}
        kept = {
            name: {"last": at.astimezone(UTC).isoformat(), "is_running": name in (running or {})}
            for name, at in moments.items()
        }
        write_whole(self._memory, json.dumps(kept))


def _version(path: Path) -> int:
    """Return when a file was last changed; 0 where it is gone by now."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def write_whole(path: Path, text: str) -> None:
    """Write a file in one step: a reader sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    FILE_MODE.share(part)
    part.replace(path)
