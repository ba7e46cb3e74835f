"""A warehouse in a folder of a disk."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from runner.engine.spark.storage import ChangedError, Stored


class FolderStorage:
    """A folder of a disk that the engine and this process both see."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self._path = root

    def read(self, name: str) -> Stored | None:
        """Return a file; its tag is the hash of its content."""
        try:
            data = (self._path / name).read_bytes()
        except FileNotFoundError:
            return None
        return Stored(data, hashlib.sha256(data).hexdigest())

    def write(self, name: str, data: bytes) -> None:
        """Write a file beside it, which then gets its name."""
        path = self._path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        number, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        try:
            with os.fdopen(number, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(number)
            Path(part).replace(path)
        except OSError:
            Path(part).unlink(missing_ok=True)
            raise
        _sync(path.parent)

    def swap(self, name: str, data: bytes, tag: str | None) -> None:
        """Compare and write while other writers of the file wait."""
        with self._held(name):
            found = self.read(name)
            if (found.tag if found else None) != tag:
                raise ChangedError(f"{self._path / name} was written by another process")
            self.write(name, data)

    @contextmanager
    def _held(self, name: str) -> Iterator[None]:
        path = self._path / f".{name.replace('/', '.')}.lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def files(self, folder: str) -> list[str]:
        """Return the names of files; those that are not written to their end have other names."""
        path = self._path / folder
        found = path.iterdir() if path.is_dir() else ()
        return sorted(item.name for item in found if item.is_file() and item.name[0] != ".")

    def folders(self) -> list[str]:
        """Return the folders, two levels below the root."""
        found = self._path.glob("*/*")
        return sorted(f"{path.parent.name}/{path.name}" for path in found if path.is_dir())

    def settle(self, folders: Iterable[str]) -> None:
        """Have the disk write the files of folders, and the folders themselves."""
        for folder in folders:
            path = self._path / folder
            for item in path.iterdir() if path.is_dir() else ():
                _sync(item)
            for parent in (path, path.parent):
                if parent.is_dir():
                    _sync(parent)

    def remove(self, name: str) -> None:
        """Remove a file."""
        (self._path / name).unlink(missing_ok=True)

    def remove_folder(self, name: str) -> None:
        """Remove a folder; what cannot be removed is tried again by the next collection."""
        shutil.rmtree(self._path / name, ignore_errors=True)

    def size(self, folders: Iterable[str]) -> int:
        """Return the sizes of files, added up."""
        paths = [path for folder in folders for path in (self._path / folder).glob("*")]
        return sum(path.stat().st_size for path in paths)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
