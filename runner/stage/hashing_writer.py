"""A file of the staging directory while it is written."""

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

from runner.stage.line_count import LineCount, LineCounter

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class HashingWriter(io.FileIO):
    """Writes to `path`, hashing and counting on the way (F4).

    When a broken transfer begins again, the remote layer truncates the file to nothing; hash
    and counts begin again with it.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, "wb")
        self._begin()

    def _begin(self) -> None:
        self._hash = hashlib.sha256()
        self._lines = LineCounter()
        self.received = 0

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write all of `data`, at the end; returns its size in bytes."""
        chunk = bytes(data)
        rest = memoryview(chunk)
        while rest:
            rest = rest[super().write(rest) or 0 :]
        self._hash.update(chunk)
        self._lines.update(chunk)
        self.received += len(chunk)
        return len(chunk)

    def truncate(self, size: int | None = None, /) -> int:
        """Empty the file; other sizes than 0 are refused, for the hash could not follow."""
        if (self.tell() if size is None else size) != 0:
            raise io.UnsupportedOperation("a file that is hashed can only be emptied")
        self._begin()
        return super().truncate(0)

    @property
    def sha256(self) -> str:
        """The hash of what was written, in hexadecimal digits."""
        return self._hash.hexdigest()

    @property
    def line_count(self) -> LineCount:
        """The lines of what was written."""
        return self._lines.counted()
