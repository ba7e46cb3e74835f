"""The bytes of a transfer, counted towards a listener."""

import time

from runner.errors import RemoteError
from runner.remote.connection import OnBytes


class Counter:
    """Reports the bytes moved to a listener; when another attempt begins, subtracts them.

    A transfer that lasts longer than `seconds`, all attempts together, ends with a RemoteError.
    """

    def __init__(self, on_bytes: OnBytes, seconds: float) -> None:
        self._on_bytes = on_bytes
        self._moved = 0
        self._seconds = seconds
        self._ends_at = time.monotonic() + seconds

    def add(self, length: int) -> None:
        """Count further bytes."""
        if time.monotonic() > self._ends_at:
            raise RemoteError(
                f"it is not done after {self._seconds:g} s",
                hint="a larger `transfer_timeout` of the connection gives it more time",
            )
        self._moved += length
        self._on_bytes(length)

    def reset(self) -> None:
        """Start again from zero."""
        moved, self._moved = self._moved, 0
        if moved:
            self._on_bytes(-moved)
