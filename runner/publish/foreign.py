"""Files on the server that a goal did not write, and does not replace (X2)."""

import tempfile
import zipfile
import zlib
from typing import BinaryIO

from runner.errors import RemoteError
from runner.publish.sent import Sent
from runner.remote import Remote

GZIP = b"\x1f\x8b"
ZIP = b"PK"
IN_MEMORY = 4 * 1024 * 1024


def refuse_foreign(remote: Remote, sent: Sent, path: str, beginning: bytes) -> None:
    """Raise RemoteError where there is a file at `path` that this goal did not write.

    A file with the `beginning` of this goal counts as its own: `target/` may have been lost.
    """
    if sent.has_written(path) or remote.stat(path) is None:
        return
    if beginning and _begins(remote, path, beginning):
        return
    raise RemoteError(
        f"'{path}' is there already, and this goal did not write it: it is left as it is",
        hint="move it away, or choose another `file_name` or `directory`",
    )


def _begins(remote: Remote, path: str, beginning: bytes) -> bool:
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        remote.fetch(path, file, lambda _: None)  # type: ignore[arg-type]
        file.seek(0)
        try:
            return _plain(file, len(beginning)) == beginning  # type: ignore[arg-type]
        except (zlib.error, zipfile.BadZipFile, OSError):
            return False


def _plain(file: BinaryIO, size: int) -> bytes:
    """Return the first bytes of a file, decompressed where it is compressed."""
    first = file.read(size + IN_MEMORY)
    file.seek(0)
    if first.startswith(GZIP):
        return zlib.decompressobj(wbits=31).decompress(first, size)
    if first.startswith(ZIP):
        with zipfile.ZipFile(file) as archive, archive.open(archive.namelist()[0]) as inner:
            return inner.read(size)
    return first[:size]
