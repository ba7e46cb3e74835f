"""What a build does now, kept where others can read it while it runs."""

import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Timer

from runner.errors import RunnerError
from runner.events import Event, Listener
from runner.history.history import History
from runner.history.records import ProgressRecord

PAUSE = 1.0
"""Seconds between two records of one phase."""
TOLD = ("phase", "started", "progress")


class ProgressRecorder:
    """A listener that passes events on and keeps the last one, at most once a second.

    A step that begins right after another and then takes long is told when the second is over.
    Threads may share it.
    """

    def __init__(self, listener: Listener, history: Path, build_id: str) -> None:
        self._listener = listener
        self._history = history
        self._build_id = build_id
        self._phase = ""
        self._is_kept = True
        self._told_at = -PAUSE
        self._lock = Lock()
        self._waiting: Event | None = None
        self._timer: Timer | None = None

    def __call__(self, event: Event) -> None:
        """Take one event."""
        self._listener(event)
        if event.kind not in TOLD or not self._is_kept:
            return
        with self._lock:
            if event.kind == "phase":
                self._phase = event.name
            pause = self._told_at + PAUSE - time.monotonic()
            if event.kind == "phase" or pause <= 0:
                self._keep(event)
                return
            self._waiting = event
            if self._timer is None:
                self._timer = Timer(pause, self._keep_waiting)
                self._timer.daemon = True
                self._timer.start()

    def close(self) -> None:
        """Keep nothing more: the build ends."""
        with self._lock:
            self._is_kept, self._waiting = False, None
            if self._timer is not None:
                self._timer.cancel()

    def _keep_waiting(self) -> None:
        with self._lock:
            self._timer = None
            if self._waiting is not None:
                self._keep(self._waiting)

    def _keep(self, event: Event) -> None:
        self._waiting, self._told_at = None, time.monotonic()
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
                history.tell_progress(record)
        except RunnerError as error:
            # What cannot be told is no reason to stop doing it.
            self._is_kept = False
            self._listener(Event("warning", "history", error.message))
