"""A warehouse in a bucket of an object store that has conditional writes."""

from collections.abc import Iterable
from typing import Any

from runner.engine.spark.storage import ChangedError, Stored
from runner.errors import UsageError

TRIES = 20
"""How often an object is read that others write at the same time."""
BUCKETS = ("s3", "s3a")
"""Protocols whose servers can write an object only where nobody else did meanwhile."""


class BucketStorage:
    """A bucket behind `s3://`, whose server knows `If-Match` and `If-None-Match`."""

    def __init__(self, url: str) -> None:
        self.root = url.rstrip("/")
        self._files: Any = _filesystem(self.root)
        self._path = str(self._files._strip_protocol(self.root))

    def read(self, name: str) -> Stored | None:
        """Return an object with its ETag, read again where it changed meanwhile."""
        path = self._full(name)
        for _ in range(TRIES):
            try:
                before = self._tag(path)
                data = self._files.cat_file(path)
                if self._tag(path) == before:
                    return Stored(data, before)
            except FileNotFoundError:
                return None
        raise ChangedError(f"{self.root}/{name} changes again and again while it is read")

    def _tag(self, path: str) -> str:
        self._files.invalidate_cache()
        return str(self._files.info(path)["ETag"])

    def write(self, name: str, data: bytes) -> None:
        """Write an object."""
        self._files.pipe_file(self._full(name), data)

    def swap(self, name: str, data: bytes, tag: str | None) -> None:
        """Write an object where the server finds the one with this ETag, or none."""
        condition = {"IfNoneMatch": "*"} if tag is None else {"IfMatch": tag}
        try:
            self._files.pipe_file(self._full(name), data, **condition)
        except OSError as error:
            if _is_refused(error):
                message = f"{self.root}/{name} was written by another process"
                raise ChangedError(message) from error
            raise

    def files(self, folder: str) -> list[str]:
        """Return the last parts of the names of objects."""
        return [name for name, kind in self._listed(folder) if kind == "file"]

    def folders(self) -> list[str]:
        """Return what keys have before their second slash."""
        tables = [name for name, kind in self._listed("") if kind == "directory"]
        return [
            f"{table}/{name}"
            for table in tables
            for name, kind in self._listed(table)
            if kind == "directory"
        ]

    def _listed(self, folder: str) -> list[tuple[str, str]]:
        self._files.invalidate_cache()
        try:
            found = self._files.ls(self._full(folder), detail=True)
        except FileNotFoundError:
            return []
        return sorted((item["name"].rpartition("/")[2], item["type"]) for item in found)

    def settle(self, folders: Iterable[str]) -> None:
        """Do nothing: a bucket stores an object before it answers."""

    def remove(self, name: str) -> None:
        """Remove an object."""
        if self.read(name) is not None:
            self._files.rm_file(self._full(name))

    def remove_folder(self, name: str) -> None:
        """Remove all objects whose keys begin so."""
        self._files.invalidate_cache()
        if self._files.exists(self._full(name)):
            self._files.rm(self._full(name), recursive=True)

    def size(self, folders: Iterable[str]) -> int:
        """Return the sizes of objects, added up."""
        self._files.invalidate_cache()
        return sum(int(self._files.du(self._full(folder))) for folder in folders)

    def _full(self, name: str) -> str:
        return f"{self._path}/{name}".rstrip("/")


def _is_refused(error: BaseException) -> bool:
    """Tell whether a server refused a conditional write: 412, or 409 while another one runs."""
    codes = ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")
    cause: BaseException | None = error
    while cause is not None:
        found = getattr(cause, "response", {}).get("Error", {}).get("Code", "")
        if isinstance(cause, FileExistsError) or found in codes:
            return True
        cause = cause.__cause__
    return False


def _filesystem(url: str) -> Any:
    import fsspec  # noqa: PLC0415 - loaded for warehouses in buckets alone

    protocol = url.partition("://")[0]
    try:
        # An object that another process wrote is not in a cache of listings.
        return fsspec.filesystem(protocol, use_listings_cache=False)
    except ImportError as error:
        raise UsageError(
            f"a warehouse at {protocol}:// needs a library: {error}",
            hint="pip install 'runner[spark]' s3fs",
        ) from error
