"""The bytes of a transfer, counted towards a listener."""

from runner.remote.connection import OnBytes


class Counter:
    """Reports the bytes moved to a listener; when another attempt begins, subtracts them."""

    def __init__(self, on_bytes: OnBytes) -> None:
        self._on_bytes = on_bytes
        self._moved = 0

    def add(self, length: int) -> None:
        """Count further bytes."""
        self._moved += length
        self._on_bytes(length)

    def reset(self) -> None:
        """Start again from zero."""
        moved, self._moved = self._moved, 0
        if moved:
            self._on_bytes(-moved)
