"""The bytes of a transfer, counted towards a listener."""

from runner.remote.connection import OnBytes


class Counter:
    """Tells a listener the bytes moved; when another attempt begins, takes them back."""

    def __init__(self, on_bytes: OnBytes) -> None:
        self._on_bytes = on_bytes
        self._moved = 0

    def add(self, length: int) -> None:
        """Count further bytes."""
        self._moved += length
        self._on_bytes(length)

    def reset(self) -> None:
        """Begin again at nothing."""
        moved, self._moved = self._moved, 0
        if moved:
            self._on_bytes(-moved)
