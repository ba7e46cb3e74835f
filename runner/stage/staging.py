"""The staging directory: the content of remote files, each kept once (F4, F5)."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from runner.errors import StageError
from runner.pgp import Decode, Decryptor
from runner.remote import RemoteFile
from runner.stage.blob import ERASED, QUICKLY_COUNTED, Blob, blob_at
from runner.stage.compaction import compact, compacted_path, drop, is_compacted_well, restore
from runner.stage.compression import compression_of
from runner.stage.decompression import Bounds, digest_of
from runner.stage.download_index import DownloadIndex
from runner.stage.hashing_writer import HashingWriter
from runner.stage.line_count import LineCount
from runner.stage.part_file import part_file

# Seconds after which an unfinished download of an earlier build is swept away.
FORGOTTEN = 24 * 3600
# Of a SHA-256 in hexadecimal.
DIGITS = 64

Receive = Callable[[HashingWriter], None]
"""Writes all that a file holds."""


@dataclass(frozen=True)
class StagedContent:
    """A staged content, compacted or not, with what was made from it."""

    sha256: str
    # Bytes on the disk.
    disk: int
    # Whether it can be made smaller without a loss.
    is_compactable: bool
    # When it came, and when it was last used: seconds since 1970.
    came_at: float
    used_at: float


def _kept(raw: Path, paths: Sequence[Path]) -> StagedContent | None:
    main = raw if raw in paths else compacted_path(raw)
    if main not in paths:
        return None
    stat = main.stat()
    # A file that came compressed, with nothing made from it, is as small as it gets.
    made = {*paths} - {raw, raw.with_name(f"{raw.name}.lines.json")}
    is_compactable = main is raw and bool(made or not compression_of(raw))
    # After an erasure the hash proves nothing any more: the content stays as it is.
    is_compactable = is_compactable and raw.with_name(f"{raw.name}.{ERASED}") not in paths
    disk = sum(path.stat().st_size for path in paths)
    return StagedContent(
        raw.name, disk, is_compactable, stat.st_mtime, max(stat.st_atime, stat.st_mtime)
    )


class Staging:
    """Files that were downloaded, addressed by the SHA-256 of their content.

    The directory and what is in it can be read by its owner alone. `server` says in all methods
    which server a path is on: the connection's name, with its address where targets differ.

    What comes encrypted is stored decrypted: keys are needed when a file is downloaded, not when
    it is imported again, and a file encrypted again with the same content is the same file.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._index = DownloadIndex(directory / "arrivals.jsonl")

    def find(self, sha256: str) -> Blob | None:
        """Return the staged content with this hash, also of files long gone (F5).

        A compacted one is written out again. One that is damaged is as good as missing (F11).
        """
        blob = self.unproved(sha256)
        return blob if blob and blob.is_intact else None

    def unproved(self, sha256: str) -> Blob | None:
        """Return what `find` does, for a reader that itself proves what it reads (F11)."""
        try:
            return self._located(sha256)
        except StageError:
            return None

    def _located(self, sha256: str) -> Blob | None:
        """Return the content with this hash; raises StageError where a compacted one is damaged."""
        path = self._path(sha256)
        if not path.is_file():
            if not compacted_path(path).is_file():
                return None
            restore(path)
        # The time of access is when it was last used, whatever the file system does.
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))
        return blob_at(self.directory, sha256)

    def has(self, sha256: str) -> bool:
        """Tell whether the content with this hash is staged and intact, compacted or not."""
        path = self._path(sha256)
        if path.is_file():
            blob = blob_at(self.directory, sha256)
            return blob is not None and blob.is_intact
        return compacted_path(path).is_file() and is_compacted_well(path)

    def kept(self) -> tuple[StagedContent, ...]:
        """Return all staged contents."""
        found: dict[Path, list[Path]] = {}
        for path in self.directory.glob("??/*"):
            raw, _, made = path.name.partition(".")
            if len(raw) == DIGITS and not made.endswith("part"):
                found.setdefault(path.with_name(raw), []).append(path)
        return tuple(filter(None, (_kept(raw, found[raw]) for raw in sorted(found))))

    def servers(self) -> Iterable[tuple[str, str]]:
        """Return the hash of each content that came, and the server that it came from."""
        return self._index.servers()

    def compact(self, sha256: str) -> None:
        """Compress a content in place; see `compaction.compact`."""
        path = self._path(sha256)
        compact(Blob(sha256, path.stat().st_size, path))

    def drop(self, sha256: str) -> None:
        """Remove a content, with all that was made from it."""
        drop(self._path(sha256))

    def release(self, sha256: str) -> None:
        """Remove the bytes that were written out of a compacted content, once they are used."""
        path = self._path(sha256)
        if compacted_path(path).is_file() and path.is_file():
            compact(Blob(sha256, path.stat().st_size, path))

    def contents(self) -> Iterator[Blob]:
        """Give all staged content, damaged or not, by hash; compacted ones are written out.

        One that is as it came when the next is asked for is compacted again.
        """
        for file in self.kept():
            blob = self._located(file.sha256)
            if blob is not None:
                yield blob
            self.release(file.sha256)

    def known(
        self, server: str, file: RemoteFile, decryptor: Decryptor | None = None
    ) -> Blob | None:
        """Return the content of a file that was downloaded before and is unchanged (F5)."""
        sha256 = self._index.find(_signed(server, decryptor), file)
        blob = self.find(sha256) if sha256 else None
        if not blob or decryptor or not file.has_size:
            return blob
        return blob if blob.size == file.size else None

    def keep(
        self,
        server: str,
        file: RemoteFile,
        receive: Receive,
        decryptor: Decryptor | None = None,
        decode: Decode | None = None,
    ) -> Blob:
        """Keep a file that `receive` writes; raises what that raises.

        `decode` is what the decryptor gives while it is open. Raises NotDecrypted from it, and
        StageError when the file cannot be written here.
        """
        try:
            blob = self._received(file, receive, decode)
        except OSError as error:
            reason = error.strerror or error
            raise StageError(f"{file.path}: cannot write to {self.directory}: {reason}") from error
        self._index.add(_signed(server, decryptor), file, blob.sha256)
        return blob

    def sweep(self) -> None:
        """Remove what killed builds left unfinished."""
        before = time.time() - FORGOTTEN
        for part in self.directory.rglob("*.part"):
            # The build of another target may have finished it by now.
            with suppress(FileNotFoundError):
                if part.stat().st_mtime < before:
                    part.unlink()

    def _path(self, sha256: str) -> Path:
        return self.directory / sha256[:2] / sha256

    def _received(self, file: RemoteFile, receive: Receive, decode: Decode | None) -> Blob:
        if not self.directory.is_dir():
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The name is the server's: only its characters go into ours, no slash (F1).
        with part_file(self.directory, file.name.replace("/", "_")[:60]) as part:
            with HashingWriter(part) as target:
                receive(target)
            if decode:
                return self._decoded(part, file, decode)
            blob = Blob(target.sha256, target.received, self._path(target.sha256))
            _settle(part, blob, target.line_count)
        return blob

    def _decoded(self, part: Path, file: RemoteFile, decode: Decode) -> Blob:
        """Return what a file holds that came encrypted (F7: within bounds)."""
        with part_file(self.directory, "decrypted") as plain:
            decode(part, plain, file.path, Bounds().allowed(part.stat().st_size))
            sha256, count = digest_of(plain)
            blob = Blob(sha256, plain.stat().st_size, self._path(sha256))
            _settle(plain, blob, count)
        return blob


def _signed(server: str, decryptor: Decryptor | None) -> str:
    """Return the server as the index names it: a file differs by whose signature it needs."""
    return f"{server} {decryptor.mark}" if decryptor else server


def _settle(part: Path, blob: Blob, count: LineCount) -> None:
    """Give what came its name, and keep the count of its lines."""
    if not blob.path.parent.is_dir():
        blob.path.parent.mkdir(mode=0o700, exist_ok=True)
    if blob.is_erased:
        # What was made of the copy without the lines of a person lacks lines that are there again.
        drop(blob.path)
    if blob.size >= QUICKLY_COUNTED and not compression_of(part):
        blob.keep_line_count(count)
    part.replace(blob.path)
    # A compacted form beside it is damaged, or it would not have been fetched again.
    compacted_path(blob.path).unlink(missing_ok=True)
