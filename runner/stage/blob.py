"""The bytes of a remote file, kept under the hash of their content."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path

from runner.stage.compression import compression_of
from runner.stage.line_count import LineCount, LineCounter
from runner.stage.part_file import part_file

# Bytes below which a file is counted faster than its count is written and read.
QUICKLY_COUNTED = 128 * 1024

ERASED = "erased.json"
"""Beside a blob from which lines were erased: the size with which it came, the hash that it has."""


@dataclass(frozen=True)
class Blob:
    """A file of the staging directory: `<first two digits>/<sha256>`, as it came.

    After an erasure it keeps its name and the size with which it came, so that the file on the
    server still counts as known; `path` then has other bytes.
    """

    sha256: str
    # Bytes, as it came.
    size: int
    path: Path

    def beside(self, suffix: str) -> Path:
        """Return the path of something made from this blob, such as `<sha256>.plain`."""
        return self.path.with_name(f"{self.sha256}.{suffix}")

    @property
    def is_erased(self) -> bool:
        """Whether lines were erased from it, and left blank, since it came."""
        return self.beside(ERASED).is_file()

    @property
    def is_intact(self) -> bool:
        """Whether it has the bytes that came, or those that an erasure left (F11)."""
        hashes = [self.sha256]
        if self.is_erased:
            kept = json.loads(self.beside(ERASED).read_text("utf-8"))
            if "sha256" not in kept:
                return True
            hashes.append(kept["sha256"])
        return sha256_of(self.path) in hashes

    def line_count(self) -> LineCount | None:
        """Return the count of the decompressed bytes; None when it is not known."""
        if self._is_quickly_counted():
            counter = LineCounter()
            counter.update(self.path.read_bytes())
            return counter.counted()
        try:
            kept = json.loads(self.beside("lines.json").read_text("utf-8"))
            # A count of an older runner lacks what a newer one looks for.
            return LineCount(**kept) if len(kept) == len(fields(LineCount)) else None
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


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file; one that did not change since is not read again.

    It does not count as a use of the file.
    """
    stat = path.stat()
    sha256 = _sha256(path, stat.st_size, stat.st_mtime_ns)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    return sha256


@cache
def _sha256(path: Path, _size: int, _modified_at: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def blob_at(directory: Path, sha256: str) -> Blob | None:
    """Return the content with a hash that a staging directory has, or None."""
    path = directory / sha256[:2] / sha256
    if not path.is_file():
        return None
    blob = Blob(sha256, path.stat().st_size, path)
    if not blob.is_erased:
        return blob
    came = json.loads(blob.beside(ERASED).read_text("utf-8"))
    return Blob(sha256, int(came["size"]), path)
