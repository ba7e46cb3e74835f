"""Staged files made small: their bytes compressed, and proved before the originals are deleted.

A table of the lines would not do instead: another `format` reads other lines from the same
bytes, and lines that were set aside are in no table (R1, R2, P6).
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from isal import igzip

from runner.errors import StageError
from runner.stage.blob import Blob
from runner.stage.compression import DAMAGED, compression_of
from runner.stage.part_file import replacing

SUFFIX = "packed"
KEPT = (SUFFIX, "lines.json")
"""What stays beside the compressed bytes; anything else is made from them again."""
CHUNK = 1024 * 1024
LEVEL = 2


def compacted_path(raw: Path) -> Path:
    """Return where the compressed form of a staged file is."""
    return raw.with_name(f"{raw.name}.{SUFFIX}")


def compact(blob: Blob) -> None:
    """Compress a staged file in place, and drop what was made from it.

    A file that came compressed stays as it is. Raises StageError where the disk is full, or where
    what was written does not read back as the same bytes; then nothing is dropped.
    """
    if not compression_of(blob.path) and not compacted_path(blob.path).exists():
        _write(blob)
    remove_derived(blob)
    if compacted_path(blob.path).exists():
        blob.path.unlink()


def restore(raw: Path) -> None:
    """Write the bytes of a compressed file again, beside it.

    Raises StageError where they are not the bytes that came.
    """
    compacted = compacted_path(raw)
    with replacing(raw) as part:
        with part.open("wb") as target:
            try:
                digest = _copied(_opened(compacted), target)
            except DAMAGED:
                digest = ""
        if digest != raw.name:
            raise StageError(f"the staged file {compacted} is damaged: its content is another one")
        stat = compacted.stat()
        os.utime(part, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def is_compacted_well(raw: Path) -> bool:
    """Tell whether a compressed file gives the bytes that came (F11)."""
    try:
        return _digest(compacted_path(raw)) == raw.name
    except DAMAGED:
        return False


def remove_derived(blob: Blob) -> None:
    """Remove what was made from a staged file: it is made again when it is needed.

    The counts go first: where they are, the files that they count are complete.
    """
    made = [
        path
        for path in blob.path.parent.glob(f"{blob.sha256}.*")
        if path.name.removeprefix(f"{blob.sha256}.") not in KEPT
    ]
    for path in sorted(made, key=lambda path: path.suffix != ".json"):
        path.unlink(missing_ok=True)


def drop(raw: Path) -> None:
    """Remove a staged file, compacted or not, with all that was made from it."""
    for path in [*raw.parent.glob(f"{raw.name}.*"), raw]:
        path.unlink(missing_ok=True)


def _write(blob: Blob) -> None:
    stat = blob.path.stat()
    try:
        with replacing(compacted_path(blob.path)) as part:
            with (
                blob.path.open("rb") as raw,
                cast(BinaryIO, igzip.open(part, "wb", compresslevel=LEVEL)) as target,  # type: ignore[no-untyped-call]
            ):
                _copied(raw, target)
            if _digest(part) != blob.sha256:
                raise StageError(f"{blob.path} does not read back when it is compressed")
            with part.open("rb") as written:
                os.fsync(written.fileno())
            os.utime(part, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    except OSError as error:
        raise StageError(f"cannot compress {blob.path}: {error.strerror or error}") from error


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with _opened(path) as file:
        for chunk in _chunks(file):
            digest.update(chunk)
    return digest.hexdigest()


def _opened(path: Path) -> BinaryIO:
    return cast(BinaryIO, igzip.open(path, "rb"))  # type: ignore[no-untyped-call]


def _copied(source: BinaryIO, target: BinaryIO) -> str:
    """Copy all bytes; returns their SHA-256."""
    digest = hashlib.sha256()
    with source:
        for chunk in _chunks(source):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
