"""Folders of this machine, under the same rules as any other remote place."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from runner.errors import RefusedPathError, RemoteError
from runner.file_mode import FILE_MODE
from runner.remote.connection import OnBytes
from runner.remote.file import Listing, RemoteFile, listed_file
from runner.remote.name import name_fault, shown
from runner.remote.path import inner_path, joined
from runner.remote.seed import plant
from runner.remote.settings import RemoteSettings

BLOCK = 1024 * 1024


class LocalRemote:
    """A folder as a remote place; see `Remote` for what each method does.

    `options["seed"]` names a folder whose files are put into this one when it is opened; then
    the folder is made when it is missing.
    """

    def __init__(self, settings: RemoteSettings) -> None:
        self._settings = settings
        if not settings.path:
            raise RemoteError(f"{settings.label}: a local connection needs a `path`")
        self._root = Path(settings.path).expanduser()
        seed = settings.options.get("seed")
        if seed:
            with self._explained(f"put the files of {seed} into"):
                FILE_MODE.make_shared(self._root)
                plant(Path(str(seed)).expanduser(), self._root)
        if not self._root.is_dir():
            raise RemoteError(
                f"{settings.label}: the folder {self._root} does not exist",
                hint="make it, or change the connection's `path`",
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Do nothing: a folder is not connected to."""

    def list(self, directory: str) -> Listing:
        """Return the files of a folder."""
        inner = inner_path(directory, self._settings)
        files: list[RemoteFile] = []
        refused: list[tuple[str, str]] = []
        with self._explained(f"list '{inner or '.'}'"), os.scandir(self._root / inner) as entries:
            for name in sorted(entry.name for entry in entries):
                path = self._root / inner / name
                if path.is_dir() and not path.is_symlink():
                    continue
                found = name_fault(name) or self._taken(path, joined(inner, name))
                if isinstance(found, RemoteFile):
                    files.append(found)
                elif found:
                    refused.append((shown(os.fsencode(name)), found))
        return Listing(tuple(files), tuple(refused))

    def stat(self, path: str) -> RemoteFile | None:
        """Return size and time of a file, through a link that stays in the root."""
        inner = inner_path(path, self._settings)
        full = self._root / inner
        with self._explained(f"look at '{inner}'"):
            if not os.path.lexists(full):
                return None
            found = self._taken(full, inner)
            if isinstance(found, str):
                raise RefusedPathError(found)
            return found

    def is_directory(self, path: str) -> bool:
        """Whether a path is a folder, or a link to one."""
        return (self._root / inner_path(path, self._settings)).is_dir()

    def fetch(self, path: str, target: BinaryIO, on_bytes: OnBytes) -> None:
        """Copy a file to `target`."""
        inner = inner_path(path, self._settings)
        with (
            self._explained(f"fetch '{inner}'"),
            _opened(self._root / inner) as source,
        ):
            size = os.fstat(source.fileno()).st_size
            copied = _copy(source, target, on_bytes, size)
            if copied < size:
                raise RemoteError(f"it ends after {copied} of its {size} bytes")

    def batches(self, files: Iterable[RemoteFile]) -> Iterable[tuple[RemoteFile, ...]]:
        """Give each file by itself."""
        return ((file,) for file in files)

    def fetch_batch(self, _files: Sequence[RemoteFile], /) -> dict[RemoteFile, bytes]:
        """Return nothing: files are fetched one by one."""
        return {}

    def send(self, source: Path, path: str, on_bytes: OnBytes) -> None:
        """Copy a local file to `path`, flushed to the disk, then compare the size (X2)."""
        inner = inner_path(path, self._settings)
        full = self._root / inner
        with self._explained(f"send '{inner}'"):
            with source.open("rb") as stream, full.open("wb") as target:
                sent = _copy(stream, target, on_bytes)
                target.flush()
                os.fsync(target.fileno())
            FILE_MODE.share(full)
            kept = full.stat().st_size
            if kept != sent:
                raise RemoteError(f"the folder kept {kept} of {sent} bytes")

    def rename(self, old: str, new: str) -> None:
        """Rename a file, over another where there is one."""
        source, target = (inner_path(path, self._settings) for path in (old, new))
        with self._explained(f"rename '{source}' to '{target}'"):
            (self._root / source).replace(self._root / target)

    def remove(self, path: str) -> None:
        """Remove a file."""
        inner = inner_path(path, self._settings)
        with self._explained(f"remove '{inner}'"):
            (self._root / inner).unlink()

    def make_directory(self, path: str) -> None:
        """Create a folder and those above it, as far as they are missing."""
        inner = inner_path(path, self._settings)
        with self._explained(f"make the directory '{inner}'"):
            FILE_MODE.make_shared(self._root / inner)

    def _taken(self, full: Path, inner: str) -> RemoteFile | str | None:
        """Return an entry as a file, None when it is a directory, or why it is refused (F1)."""
        if full.is_symlink():
            if not full.exists():
                return "the link leads to nothing"
            if not full.resolve().is_relative_to(self._root.resolve()):
                return "the link leads out of the root directory"
        try:
            found = full.stat()
        except FileNotFoundError:
            # It went away since it was listed.
            return None
        if stat.S_ISDIR(found.st_mode):
            return None
        if not stat.S_ISREG(found.st_mode):
            return "it is not a regular file"
        return listed_file(inner, found.st_size, found.st_mtime)

    @contextmanager
    def _explained(self, doing: str) -> Iterator[None]:
        """Raise the RemoteError that says what failed, and where."""
        start = f"{self._settings.label}: cannot {doing} in {self._root}"
        try:
            yield
        except RemoteError as error:
            raise type(error)(f"{start}: {error.message}") from error
        except OSError as error:
            raise RemoteError(f"{start}: {error.strerror}") from error


def _opened(path: Path) -> BinaryIO:
    """Open a regular file to read; anything else could keep its reader waiting for ever (B9)."""
    source = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
        source.close()
        raise RefusedPathError("it is not a regular file")
    return source


def _copy(source: BinaryIO, target: BinaryIO, on_bytes: OnBytes, most: int | None = None) -> int:
    """Copy bytes, no more than `most`; files of /proc have none, and may never end."""
    copied = 0
    while block := source.read(BLOCK if most is None else min(BLOCK, most - copied)):
        target.write(block)
        copied += len(block)
        on_bytes(len(block))
    return copied
