"""The project that is served, read again when its files change."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from runner.errors import RunnerError
from runner.workspace.workspace import Workspace, open_to_read

WATCHED = ("connections", "models", "macros", "tests")
"""Folders of a project whose files are definitions."""
PATIENCE = 20.0
"""Seconds that a question waits for another one."""


class BusyError(RunnerError):
    """Another question to the warehouse is being answered."""


@dataclass
class Served:
    """A project, and what its page may show and do."""

    folder: Path
    target: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    # Whether personal data is shown as it is.
    show_pii: bool = False
    # Whether the page may scan and start builds.
    allow_actions: bool = False
    _opened: tuple[object, Workspace] | None = None
    _reading: Lock = field(default_factory=Lock)
    _asking: Lock = field(default_factory=Lock)

    def workspace(self) -> Workspace:
        """Return the project as it is now, as far as it can be read.

        Raises UsageError where there is none.
        """
        with self._reading:
            seen = self._seen()
            if self._opened is None or self._opened[0] != seen:
                self._opened = (seen, open_to_read(self.folder, self.target, self.variables))
            return self._opened[1]

    @contextmanager
    def engine(self) -> Iterator[Workspace]:
        """Give the project for questions to its warehouse: one at a time.

        Connections of one process to one database share their settings, which differ by question.
        Raises BusyError where another question takes long, such as a scan of a slow server.
        """
        workspace = self.workspace()
        if not self._asking.acquire(timeout=PATIENCE):
            raise BusyError("another question is being answered", hint="load the page again")
        try:
            yield workspace
        finally:
            self._asking.release()

    def _seen(self) -> object:
        """Return what differs when a definition was changed."""
        paths = [self.folder / "runner_project.yml"]
        for folder in WATCHED:
            paths += sorted((self.folder / folder).rglob("*"))
        found = []
        for path in paths:
            try:
                stat = path.stat()
            except OSError:
                continue
            found.append((str(path), stat.st_mtime_ns, stat.st_size))
        return tuple(found)
