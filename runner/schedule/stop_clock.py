"""The real clock, which SIGTERM and SIGINT stop."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class StopClock:
    """Time, until a signal asks for the end."""

    def __init__(self) -> None:
        self._stopped = Event()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take SIGTERM and SIGINT as a request to end after the current step.

        A second one ends the process at once, which a build survives (B3).
        """
        before = {number: signal.getsignal(number) for number in SIGNALS}

        def stop(_number: int, _frame: FrameType | None) -> None:
            self._stopped.set()
            for number in SIGNALS:
                signal.signal(number, signal.SIG_DFL)

        for number in SIGNALS:
            signal.signal(number, stop)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return datetime.now(UTC)

    def wait(self, seconds: float) -> None:
        """Wait, or less long when a signal comes."""
        self._stopped.wait(seconds)

    def is_stopped(self) -> bool:
        """Return whether a signal came."""
        return self._stopped.is_set()
