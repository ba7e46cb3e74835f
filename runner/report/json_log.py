"""What happens, for machines: one JSON object a line."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from threading import Lock
from types import MappingProxyType
from typing import TextIO

from runner.errors import DefinitionError, RunnerError
from runner.events import Event, goal_field
from runner.report.json_value import as_json
from runner.result import BuildResult, NodeResult

PAUSE = 1.0
"""Seconds between two `progress` lines of one name; the last, complete one always comes."""

FAILED = ("error", "fail", "incomplete")


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


class JsonLog:
    """A listener that writes each event as a line.

    Every line has `ts` (ISO 8601, UTC), `level` (debug, info, warning, error), `kind`, `name`,
    `message` and `build_id`; the event's fields follow under their own names, or as
    `field_<name>` where that is taken. Threads may share it.
    """

    def __init__(
        self, stream: TextIO, build_id: str = "", clock: Callable[[], datetime] = now
    ) -> None:
        """Write to `stream`; a field `build_id` of an event replaces `build_id` from then on."""
        self._stream = stream
        self._build_id = build_id
        self._clock = clock
        self._lock = Lock()
        self._written_at: dict[str, float] = {}

    def __call__(self, event: Event) -> None:
        """Write one event."""
        if event.kind == "progress" and self._is_too_soon(event):
            return
        fields = dict(event.fields)
        self._build_id = str(fields.pop("build_id", self._build_id))
        values: dict[str, object] = {}
        if event.status:
            values["status"] = event.status
        if event.done or event.total:
            values |= {"done": event.done, "total": event.total}
        if event.kind == "progress":
            values["unit"] = event.unit
        self._write(_level(event), event.kind, event.name, event.message, values, fields)

    def error(self, error: RunnerError) -> None:
        """Write the error that ends a command; each fault of the definitions is a line."""
        if isinstance(error, DefinitionError):
            for fault in error.faults:
                self._write("error", "error", "", fault.message, {"location": str(fault.location)})
            return
        location = str(error.location) if error.location else None
        values = {"location": location, "hint": error.hint, "exit_code": error.exit_code}
        self._write("error", "error", "", error.message, values)

    def summary(self, result: BuildResult) -> None:
        """Write what the build did: a line per node with its reconciliation, and one in all."""
        self._build_id = result.build_id
        for node in result.nodes:
            level = "error" if node.is_error else "info"
            values = {**goal_field(node.name, node.kind), "result": node}
            self._write(level, "result", node.name, node.message, values)
        whole = {
            "target": result.target,
            "seconds": result.seconds,
            "published": result.published,
            "profiles": result.profiles,
            "warnings": result.warnings,
            "warning_count": result.warning_count,
            "exit_code": result.exit_code,
        }
        self._write("error" if result.exit_code else "info", "done", "", "", whole)

    def _is_too_soon(self, event: Event) -> bool:
        """Return whether a line of the same progress was just written."""
        if event.total and event.done >= event.total:
            return False
        moment = time.monotonic()
        with self._lock:
            if moment - self._written_at.get(event.name, -PAUSE) < PAUSE:
                return True
            self._written_at[event.name] = moment
            return False

    def _write(
        self,
        level: str,
        kind: str,
        name: str,
        message: str,
        values: Mapping[str, object],
        fields: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        line: dict[str, object] = {
            "ts": self._clock().astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "level": level,
            "kind": kind,
            "name": name,
            "message": message,
            "build_id": self._build_id,
            **values,
        }
        line |= {f"field_{key}" if key in line else key: value for key, value in fields.items()}
        with self._lock:
            self._stream.write(as_json(line) + "\n")
            self._stream.flush()


def _level(event: Event) -> str:
    result = event.fields.get("result")
    status = result.status if isinstance(result, NodeResult) else event.status
    if status in FAILED:
        return "error"
    if event.kind == "warning" or status == "warn":
        return "warning"
    return "debug" if event.kind == "progress" else "info"
