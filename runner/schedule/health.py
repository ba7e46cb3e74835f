"""The health of the service, for monitoring: a file, and an HTTP endpoint on loopback."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event as Flag
from threading import Lock, Thread

from runner.errors import UsageError
from runner.events import WAITING, Event
from runner.schedule.service import write_whole

BEAT = 5.0
"""Seconds between two writings of the file."""
PATIENCE = 60.0
"""Seconds without a sign of life after which a service that waits counts as hung."""


@dataclass
class Health:
    """The last state of the service, and whether it is still working.

    A waiting service gives a sign of life within seconds, also one whose build waits for a lock; a
    building one with every event of the build. Without one for too long it is unhealthy, though the
    process runs.
    """

    # Where it is written; None writes no file.
    file: Path | None = None
    # Seconds that a build may be silent.
    patience: float = 3600.0
    clock: Callable[[], float] = time.monotonic
    # Called once, until the file can be written again, with a warning that it cannot.
    warn: Callable[[str], None] = lambda _: None
    _state: Mapping[str, object] = field(default_factory=dict)
    _since: str = ""
    # What the build waits for; empty where it does not.
    _waits_for: str = ""
    _heard: float = field(default_factory=time.monotonic)
    _server: ThreadingHTTPServer | None = field(default=None, repr=False)
    _is_unwritten: bool = False
    _ended: Flag = field(default_factory=Flag, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __call__(self, state: Mapping[str, object]) -> None:
        """Take a state, and write it to the file."""
        names = ("status", "connection")
        if any(state.get(name) != self._state.get(name) for name in names):
            self._since = _now()
        self._state, self._waits_for = state, ""
        self.live()
        self.write()

    def live(self) -> None:
        """Take a sign of life."""
        self._heard = self.clock()

    def hear(self, event: Event) -> None:
        """Take an event of a build as a sign of life."""
        self._waits_for = event.message if event.status == WAITING else ""
        self.live()

    @property
    def silence(self) -> float:
        """Return the seconds since the last sign of life."""
        return self.clock() - self._heard

    @property
    def is_healthy(self) -> bool:
        """Return whether the last sign of life is not too long ago."""
        is_building = self._state.get("status") == "building" and not self._waits_for
        return self.silence <= (self.patience if is_building else PATIENCE)

    @property
    def text(self) -> str:
        """Return the state as JSON, as it is at this moment."""
        own = {"healthy": self.is_healthy, "at": _now(), "since": self._since}
        waits = {"status": "waiting", "waits_for": self._waits_for} if self._waits_for else {}
        silence = {"silent_seconds": round(self.silence)}
        return json.dumps({**self._state, **waits, **own, **silence})

    def write(self) -> None:
        """Write the file as it is at this moment; where that fails the service goes on."""
        if self.file is None:
            return
        with self._lock:
            try:
                write_whole(self.file, self.text + "\n")
                self._is_unwritten = False
            except OSError as error:
                if not self._is_unwritten:
                    self.warn(f"{self.file}: cannot be written: {error.strerror}")
                self._is_unwritten = True

    def beat(self) -> None:
        """Write the file again and again from a thread, also while a build runs."""
        Thread(target=self._beat, daemon=True).start()

    def _beat(self) -> None:
        while not self._ended.wait(BEAT):
            self.write()

    def serve(self, port: int) -> int:
        """Answer `GET /health` on 127.0.0.1; returns the port, chosen by the system for 0.

        The status is 200, or 503 where the service is not healthy. Raises UsageError where the
        port is taken.
        """
        health = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = self.path == "/health"
                body = (health.text if found else "{}").encode()
                self.send_response((200 if health.is_healthy else 503) if found else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: ARG002
                return

        try:
            self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        except OSError as error:
            raise UsageError(f"cannot answer on port {port}: {error.strerror}") from error
        Thread(target=self._server.serve_forever, daemon=True).start()
        return int(self._server.server_address[1])

    def close(self) -> None:
        """Stop writing and answering."""
        self._ended.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
