"""Compressed files, known by their content and opened with bounds (F7)."""

import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, cast

from isal import igzip, isal_zlib

from runner.errors import StageError

GZIP = b"\x1f\x8b\x08"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")

Compression = Literal["", "gzip", "zip"]

# What the libraries raise for bytes that are not what their beginning says.
DAMAGED: tuple[type[Exception], ...] = (
    EOFError,
    gzip.BadGzipFile,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
    cast(type[Exception], isal_zlib.error),
)


def compression_of(path: Path) -> Compression:
    """Tell from a file's first bytes how it is compressed; empty when it is not."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(GZIP):
        return "gzip"
    return "zip" if start.startswith(ZIP) else ""


@contextmanager
def opened(path: Path, name: str) -> Iterator[BinaryIO]:
    """Open the plain bytes of a file, compressed or not.

    Raises StageError, with `name`, for a zip with more or less than one file in it, for a
    damaged or encrypted file; also while the caller reads.
    """
    compression = compression_of(path)
    with damage_reported(name, f"{compression} file"):
        if compression == "gzip":
            with cast(BinaryIO, igzip.open(path, "rb")) as plain:  # type: ignore[no-untyped-call]
                yield plain
        elif compression == "zip":
            with zipfile.ZipFile(path) as archive, archive.open(_member(archive, name)) as member:
                yield cast(BinaryIO, member)
        else:
            with path.open("rb") as file:
                yield file


@contextmanager
def damage_reported(name: str, what: str) -> Iterator[None]:
    """Raise StageError, with `name`, for what a damaged or encrypted file makes readers raise."""
    try:
        yield
    except DAMAGED as error:
        raise StageError(f"{name}: the {what} is damaged or cut short") from error
    # What zipfile raises for a method that it does not know, and for a password that it lacks.
    except (NotImplementedError, RuntimeError) as error:
        reason = "it is encrypted, or compressed in an unknown way"
        raise StageError(f"{name}: the {what} cannot be opened: {reason}") from error


def _member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) == 1:
        return members[0]
    names = ", ".join(ascii(member.filename) for member in members[:10])
    found = f"{len(members)} files: {names}" if members else "none"
    raise StageError(f"{name}: expected a zip with one file in it, found {found}")
