"""The bytes of a remote file, kept under the hash of their content."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from runner.stage.compression import compression_of
from runner.stage.line_count import LineCount, LineCounter

# Bytes below which a file is counted faster than its count is written and read.
QUICKLY_COUNTED = 128 * 1024


@dataclass(frozen=True)
class Blob:
    """A file of the staging directory: `<first two digits>/<sha256>`, as it came."""

    sha256: str
    # Bytes.
    size: int
    path: Path

    def beside(self, suffix: str) -> Path:
        """Return the path of something made from this blob, such as `<sha256>.plain`."""
        return self.path.with_name(f"{self.sha256}.{suffix}")

    def line_count(self) -> LineCount | None:
        """Return the count of the decompressed bytes; None when it is not known."""
        if self._is_quickly_counted():
            counter = LineCounter()
            counter.update(self.path.read_bytes())
            return counter.counted()
        try:
            kept = json.loads(self.beside("lines.json").read_text("utf-8"))
            return LineCount(**kept)
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def keep_line_count(self, count: LineCount) -> None:
        """Keep the count of the decompressed bytes, where it is not as well counted again."""
        if self._is_quickly_counted():
            return
        # Made where the blob was made: a first file in a new folder takes twice as long.
        with part_file(self.path.parent.parent, "lines") as part:
            part.write_text(json.dumps(asdict(count)), "utf-8")
            part.replace(self.beside("lines.json"))

    def _is_quickly_counted(self) -> bool:
        return self.size < QUICKLY_COUNTED and self.path.is_file() and not compression_of(self.path)


@contextmanager
def part_file(directory: Path, name: str) -> Iterator[Path]:
    """Give a new, empty file `<name>.<random>.part`, removed at the end if it is still there.

    Readable by its owner alone: what is staged is personal data.
    """
    handle, made = tempfile.mkstemp(prefix=f"{name}.", suffix=".part", dir=directory)
    os.close(handle)
    part = Path(made)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a new, empty file to write; it takes the name `path` once all is well."""
    with part_file(path.parent, path.name) as part:
        yield part
        part.replace(path)
