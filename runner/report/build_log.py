"""The log of a build: a file of JSON lines per build, kept for the last builds."""

from pathlib import Path
from typing import Self, TextIO

from runner.errors import RunnerError
from runner.events import Event, Listener
from runner.report.json_log import JsonLog
from runner.result import BuildResult

KEPT = 200
"""Builds whose logs are kept."""


class BuildLog:
    """A listener that passes events on, and writes them to `<folder>/<build id>.jsonl`.

    The file is created at the event that holds the build id. `also` names another file for the
    same lines.
    """

    def __init__(self, listener: Listener, folder: Path, also: Path | None = None) -> None:
        self._listener = listener
        self._folder = folder
        self._streams: list[TextIO] = []
        self._logs: list[JsonLog] = []
        if also is not None:
            self._add(also)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for stream in self._streams:
            stream.close()

    def __call__(self, event: Event) -> None:
        """Take one event."""
        if "build_id" in event.fields:
            self._begin(str(event.fields["build_id"]))
        for log in self._logs:
            log(event)
        self._listener(event)

    def error(self, error: RunnerError) -> None:
        """Write the error that ends the command."""
        for log in self._logs:
            log.error(error)

    def summary(self, result: BuildResult) -> None:
        """Write what the build did."""
        for log in self._logs:
            log.summary(result)

    def _begin(self, build_id: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in sorted(self._folder.glob("*.jsonl"))[: -(KEPT - 1)]:
            old.unlink(missing_ok=True)
        self._add(self._folder / f"{build_id}.jsonl")

    def _add(self, path: Path) -> None:
        try:
            stream = path.open("a", encoding="utf-8")
        except OSError as error:
            raise RunnerError(f"{path}: the log cannot be written: {error.strerror}") from error
        self._streams.append(stream)
        self._logs.append(JsonLog(stream))
