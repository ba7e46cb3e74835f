"""From a blob to plain bytes with their lines counted (F7)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from runner.errors import StageError
from runner.stage.blob import Blob, sha256_of
from runner.stage.compression import compression_of, opened
from runner.stage.foreign_file import refuse_foreign
from runner.stage.line_count import LineCount, LineCounter
from runner.stage.part_file import replacing

CHUNK = 1024 * 1024
PLAIN_HASH = "plain.sha256"
"""Beside decompressed bytes: their SHA-256."""


@dataclass(frozen=True)
class Bounds:
    """How far a compressed file may grow."""

    # Bytes of the plain file.
    size: int = 20 * 1024**3
    # Plain bytes per compressed byte, once there are more than `harmless` of them.
    ratio: int = 1000
    harmless: int = 64 * 1024**2

    def allowed(self, compressed: int) -> int:
        """Return how many plain bytes a file of so many compressed ones may have."""
        return min(self.size, max(self.harmless, self.ratio * compressed))


@dataclass(frozen=True)
class Decompressed:
    """A decompressed file; the blob itself when it was not compressed."""

    path: Path
    count: LineCount


def plain_of(blob: Blob, name: str, bounds: Bounds | None = None) -> Decompressed:
    """Return the plain bytes of a blob, decompressed once, and their lines.

    Raises StageError, with `name`, for a damaged file, one that grows beyond the bounds, and one
    of another kind than text.
    """
    count = blob.line_count()
    if not compression_of(blob.path):
        refuse_foreign(blob.path, name)
        return Decompressed(blob.path, count or _count(blob, name))
    path = blob.beside("plain")
    if count is None or not _is_intact(blob, path):
        count = _decompress(blob, path, name, bounds or Bounds())
    refuse_foreign(path, name)
    return Decompressed(path, count)


def _is_intact(blob: Blob, path: Path) -> bool:
    """Tell whether decompressed bytes are as they were written (F11)."""
    try:
        return sha256_of(path) == blob.beside(PLAIN_HASH).read_text("utf-8")
    except FileNotFoundError:
        return False


def digest_of(path: Path) -> tuple[str, LineCount]:
    """Return the SHA-256 of a file and the count of its lines, read once."""
    digest, counter = hashlib.sha256(), LineCounter()
    with path.open("rb") as plain:
        for chunk in _chunks(plain):
            digest.update(chunk)
            counter.update(chunk)
    return digest.hexdigest(), counter.counted()


def _count(blob: Blob, name: str) -> LineCount:
    counter = LineCounter()
    with opened(blob.path, name) as plain:
        for chunk in _chunks(plain):
            counter.update(chunk)
    blob.keep_line_count(counter.counted())
    return counter.counted()


def _decompress(blob: Blob, path: Path, name: str, bounds: Bounds) -> LineCount:
    counter, digest = LineCounter(), hashlib.sha256()
    allowed = bounds.allowed(blob.size)
    with replacing(path) as part:
        with opened(blob.path, name) as plain, part.open("wb") as target:
            for chunk in _chunks(plain):
                allowed -= len(chunk)
                if allowed < 0:
                    raise StageError(
                        f"{name}: {blob.size} compressed bytes grow to more than "
                        f"{bounds.allowed(blob.size)}, which looks like a bomb"
                    )
                counter.update(chunk)
                digest.update(chunk)
                target.write(chunk)
        with replacing(blob.beside(PLAIN_HASH)) as kept:
            kept.write_text(digest.hexdigest(), "utf-8")
        blob.keep_line_count(counter.counted())
    return counter.counted()


def _chunks(plain: BinaryIO) -> Iterator[bytes]:
    while chunk := plain.read(CHUNK):
        yield chunk
