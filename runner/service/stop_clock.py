"""The real clock, which SIGTERM and SIGINT stop."""

import signal
from datetime import UTC, datetime
from threading import Event


class StopClock:
    """Time, until a signal asks for the end."""

    def __init__(self) -> None:
        self._stopped = Event()

    def listen(self) -> None:
        """Take SIGTERM and SIGINT as the wish to end after the step at hand."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stopped.set())

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return datetime.now(UTC)

    def wait(self, seconds: float) -> None:
        """Wait, or less long when told to stop."""
        self._stopped.wait(seconds)

    def is_stopped(self) -> bool:
        """Tell whether a signal came."""
        return self._stopped.is_set()
