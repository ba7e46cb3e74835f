"""Compressed files, known by their content and opened with bounds (F7)."""

import bz2
import gzip
import lzma
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Literal, cast

from isal import igzip, isal_zlib

from runner.errors import StageError
from runner.stage.foreign_file import refuse_workbook

Compression = Literal["", "gzip", "zip", "bzip2", "xz", "zstd"]

BZIP2: Compression = "bzip2"
STARTS: tuple[tuple[bytes, Compression], ...] = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    *((b"BZh%d1AY&SY" % level, BZIP2) for level in range(1, 10)),
    *((b"BZh%d\x17rE8P\x90" % level, BZIP2) for level in range(1, 10)),
    (b"\xfd7zXZ\x00", "xz"),
    (b"]\x00\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
"""First bytes of compressed files; the last one of `xz` is that of its forerunner, lzma."""

CLUTTER = ("__MACOSX",)
"""Folders that a Mac puts into a zip, beside the files."""
CLUTTER_NAMES = ("thumbs.db", "desktop.ini")

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
        head = file.read(10)
    return next((kind for start, kind in STARTS if head.startswith(start)), "")


@contextmanager
def opened(path: Path, name: str) -> Iterator[BinaryIO]:
    """Open the plain bytes of a file, compressed or not.

    Raises StageError, with `name`, for a zip with more or less than one file in it, for a
    damaged or encrypted file; also while the caller reads.
    """
    compression = compression_of(path)
    with damage_reported(name, f"{compression} file"):
        if compression == "zip":
            with zipfile.ZipFile(path) as archive:
                refuse_workbook(archive, name)
                with archive.open(_member(archive, name)) as member:
                    yield cast(BinaryIO, member)
        else:
            with _stream(path, compression, name) as plain:
                yield plain


def _stream(path: Path, compression: Compression, name: str) -> BinaryIO:
    if compression == "gzip":
        return cast(BinaryIO, igzip.open(path, "rb"))  # type: ignore[no-untyped-call]
    if compression == "bzip2":
        return cast(BinaryIO, bz2.open(path, "rb"))
    if compression == "xz":
        return cast(BinaryIO, lzma.open(path, "rb"))
    if compression == "zstd":
        return cast(BinaryIO, _zstd(name).open(path, "rb"))
    return path.open("rb")


def _zstd(name: str) -> Any:
    """Return the library, which Python has from 3.14 on."""
    try:
        return import_module(
            "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
        )
    except ImportError as error:
        raise StageError(
            f"{name}: it is compressed by zstd, which needs a library",
            hint="pip install 'runner[zstd]', or ask for gzip",
        ) from error


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
    except OSError as error:
        # bz2 has no error of its own; one of the system has a number.
        if error.errno is not None:
            raise
        raise StageError(f"{name}: the {what} is damaged or cut short") from error
    except Exception as error:
        if type(error).__name__ != "ZstdError":
            raise
        raise StageError(f"{name}: the {what} is damaged or cut short") from error


def is_clutter(path: str) -> bool:
    """Tell whether a file in a zip is of the system that made it, such as `.DS_Store`."""
    parts = PurePosixPath(path).parts
    name = parts[-1] if parts else ""
    return parts[:1] == CLUTTER or name.startswith(".") or name.lower() in CLUTTER_NAMES


def _member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if not member.is_dir()]
    members = [member for member in members if not is_clutter(member.filename)]
    if len(members) == 1:
        return members[0]
    names = ", ".join(ascii(member.filename) for member in members[:10])
    found = f"{len(members)} files: {names}" if members else "none"
    raise StageError(f"{name}: expected a zip with one file in it, found {found}")
