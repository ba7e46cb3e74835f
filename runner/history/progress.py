"""What a running build does now, recorded in the history for others to read."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Timer

from runner.errors import RunnerError
from runner.events import Event, Listener
from runner.history.history import History
from runner.history.records import ProgressRecord

PAUSE = 1.0
"""Seconds between two records of one phase."""
RECORDED = ("phase", "started", "progress")


class ProgressRecorder:
    """A listener that passes events on and records the last one, at most once a second.

    The event of a step that begins right after another is recorded when the second is over.
    Threads may share it.
    """

    def __init__(
        self, listener: Listener, history: Path, build_id: str, warn: Callable[[str], None]
    ) -> None:
        self._listener = listener
        self._warn = warn
        self._history = history
        self._build_id = build_id
        self._phase = ""
        self._is_recording = True
        self._recorded_at = -PAUSE
        self._lock = Lock()
        self._waiting: Event | None = None
        self._timer: Timer | None = None

    def __call__(self, event: Event) -> None:
        """Take one event."""
        self._listener(event)
        if event.kind not in RECORDED or not self._is_recording:
            return
        with self._lock:
            if event.kind == "phase":
                self._phase = event.name
            pause = self._recorded_at + PAUSE - time.monotonic()
            if event.kind == "phase" or pause <= 0:
                self._record(event)
                return
            self._waiting = event
            if self._timer is None:
                self._timer = Timer(pause, self._record_waiting)
                self._timer.daemon = True
                self._timer.start()

    def close(self) -> None:
        """Record nothing more: the build ends."""
        with self._lock:
            self._is_recording, self._waiting = False, None
            if self._timer is not None:
                self._timer.cancel()

    def _record_waiting(self) -> None:
        with self._lock:
            self._timer = None
            if self._waiting is not None:
                self._record(self._waiting)

    def _record(self, event: Event) -> None:
        self._waiting, self._recorded_at = None, time.monotonic()
        counted = event.kind != "phase"
        record = ProgressRecord(
            build_id=self._build_id,
            phase=self._phase,
            name=event.name if counted else "",
            message=event.message,
            done=event.done,
            total=event.total,
            unit=event.unit if event.kind == "progress" else "steps",
            told_at=datetime.now(UTC),
        )
        try:
            with History(self._history) as history:
                history.record_progress(record)
        except RunnerError as error:
            # A build goes on though its progress cannot be recorded.
            self._is_recording = False
            self._warn(error.message)
