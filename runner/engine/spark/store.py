"""Versions of a warehouse as pointer files: each names the folders of its tables (B1, B5).

    <warehouse>/pointer.json                        the published version
    <warehouse>/kept/<build>.json                   those of earlier builds
    <warehouse>/<table>/<draft>-<number>/*.parquet  rows, written once and never changed

To publish is to write one small file in place of another. Readers read it once, when they open a
version. A build and its transactions change a copy in the memory, and write new folders.
"""

import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from runner.engine.spark.bucket_storage import BUCKETS, BucketStorage
from runner.engine.spark.collection import collect
from runner.engine.spark.folder_storage import FolderStorage
from runner.engine.spark.storage import ChangedError, Storage, Stored
from runner.engine.spark.version import Version, read_version
from runner.engine.store import POINTER, PUBLISHED, Draft
from runner.errors import ExecutionError, RunnerError, UsageError

KEPT = "kept"
ORIGIN = "origin.json"
"""File of a copy that says where the folders are which its pointer names."""
COPIED = "copy-"
SUFFIX = ".json"


@dataclass(frozen=True)
class FolderDraft(Draft):
    """A version that is being written: a copy of another one, in this process alone."""

    # Begins the names of its folders; no other draft has the same.
    token: str = ""
    # What the storage called the pointer that it replaces, when the draft was begun.
    tag: str | None = None
    # Its tables as they are now.
    current: list[Version] = field(default_factory=list, compare=False)

    @property
    def version(self) -> Version:
        """Return its tables and views."""
        return self.current[0]

    def keep(self, version: Version) -> None:
        """Remember what a session made of it."""
        self.current[:] = [version]

    def owns(self, folder: str) -> bool:
        """Tell whether a folder was written for this draft."""
        return folder.rpartition("/")[2].startswith(f"{self.token}-")


@dataclass(frozen=True)
class Copy:
    """What makes a store a copy of another one."""

    pointers: Storage
    # Begins the names of the folders that it writes.
    token: str

    def store(self, original: Storage, pointer: Stored | None) -> None:
        """Store what `copy_at` reads, and a pointer."""
        origin = {"root": original.root, "token": self.token}
        self.pointers.write(ORIGIN, json.dumps(origin).encode())
        if pointer is not None:
            self.pointers.write(POINTER, pointer.data)


def copy_at(warehouse: str) -> tuple[str, Copy | None]:
    """Return where the folders of a warehouse are, and what makes it a copy, where it is one."""
    stored = None if "://" in warehouse else FolderStorage(Path(warehouse)).read(ORIGIN)
    if stored is None:
        return warehouse, None
    origin = json.loads(stored.data)
    return origin["root"], Copy(FolderStorage(Path(warehouse)), origin["token"])


@dataclass(frozen=True)
class PointerStore:
    """The pointer files of a warehouse, and the folders that they name.

    How many may read and write it at the same time is up to the storage: a publication is refused
    where another process published since the draft was begun.
    """

    storage: Storage
    # None but for a copy, of which nothing is kept.
    copy: "Copy | None" = field(default=None, kw_only=True)

    @property
    def pointers(self) -> Storage:
        """Return where the pointer files are: those of a copy are apart from the folders."""
        return self.copy.pointers if self.copy else self.storage

    @property
    def is_published(self) -> bool:
        """Return whether there is a published version."""
        return self.pointers.read(POINTER) is not None

    @property
    def size(self) -> int:
        """Return how many bytes the files of the published version take."""
        stored = self.pointers.read(POINTER)
        if stored is None:
            return 0
        return self.storage.size(read_version(stored.data, POINTER).folders)

    def versions(self) -> tuple[str, ...]:
        """Return the ids of the builds whose versions are kept, oldest first."""
        names = self.pointers.files(KEPT)
        return tuple(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX))

    def version(self, name: str = PUBLISHED) -> Version:
        """Return a version as it is at this moment; one without tables where there is none.

        Raises ExecutionError where its pointer cannot be read.
        """
        stored = self.pointers.read(_pointer(name))
        return read_version(stored.data, _pointer(name)) if stored else Version()

    def begin(self, source: str | None = PUBLISHED, *, replaces: str = PUBLISHED) -> FolderDraft:
        """Begin a draft with the tables of a version."""
        replaced = self.pointers.read(_pointer(replaces))
        version = Version()
        if source is not None:
            # One look, so that the draft is of the very version that it replaces.
            stored = replaced if source == replaces else self.pointers.read(_pointer(source))
            version = read_version(stored.data, _pointer(source)) if stored else version
        token = new_token(self.copy.token if self.copy else "")
        return FolderDraft(replaces, token, replaced.tag if replaced else None, [version])

    def compact(self, draft: Draft) -> None:
        """Do nothing: deleted rows are in no file that the draft names."""

    def publish(self, draft: Draft, *, previous_build: str = "", keep: int | None = None) -> None:
        """Write the pointer of a draft in place of that which it replaces.

        Raises RunnerError where another process published since the draft was begun.
        """
        draft = _own(draft)
        self.storage.settle(filter(draft.owns, draft.version.folders))
        if draft.replaces == PUBLISHED and previous_build and keep != 0:
            before = self.pointers.read(POINTER)
            if before is not None and before.tag == draft.tag:
                self.pointers.write(_pointer(previous_build), before.data)
        try:
            self.pointers.swap(_pointer(draft.replaces), draft.version.stored(), draft.tag)
        except ChangedError as error:
            raise RunnerError(
                f"{self.storage.root}: another build was published since this one began;"
                " nothing of this one is",
                hint="run it again; builds of one warehouse by several machines wait for nobody:"
                " run them on one",
            ) from error
        if keep is not None:
            old = self.versions()
            for version in old[: max(0, len(old) - keep)]:
                self.remove(version)
        self.collect()

    def discard(self, draft: Draft) -> None:
        """Remove the folders of a draft, as far as no version names them."""
        draft, named = _own(draft), self._named()
        if named is None:
            return
        for folder in self.storage.folders():
            if draft.owns(folder) and folder not in named:
                self.storage.remove_folder(folder)

    def remove(self, version: str) -> None:
        """Remove the pointer of a kept version; its folders are collected later."""
        self.pointers.remove(_pointer(version))

    def remove_unnamed(self) -> None:
        """Remove folders that no version names, without a time of grace.

        Raises ExecutionError where the pointer of a version cannot be read: what it names is not
        known.
        """
        named = self._named()
        if named is None:
            raise ExecutionError(
                f"{self.storage.root}: the pointer of a version cannot be read, so that no folder"
                " can be removed",
                hint="remove that pointer file, and run the command again",
            )
        for folder in self.storage.folders():
            if folder not in named:
                self.storage.remove_folder(folder)

    def share(self, path: Path) -> None:
        """Make a copy: a folder with the pointer of the published version, where there is one.

        It reads the folders of this store, and writes others beside them.
        """
        token = self.copy.token if self.copy else f"{COPIED}{secrets.token_hex(8)}"
        Copy(FolderStorage(path), token).store(self.storage, self.pointers.read(POINTER))

    def remove_written(self) -> None:
        """Remove the folders that a copy wrote; those of another store stay."""
        for folder in self.storage.folders() if self.copy else ():
            if folder.rpartition("/")[2].startswith(self.copy.token if self.copy else ""):
                self.storage.remove_folder(folder)

    def collect(self, now: datetime | None = None) -> list[str]:
        """Remove folders that no version names, after a time of grace; returns them.

        A copy removes none: it does not know all versions.
        """
        named = None if self.copy else self._named()
        return [] if named is None else collect(self.storage, named, now)

    def _named(self) -> frozenset[str] | None:
        """Return the folders of all versions; None where some pointer cannot be read.

        What that names is not known, and no folder may be removed.
        """
        try:
            versions = [self.version(name) for name in (PUBLISHED, *self.versions())]
        except ExecutionError:
            return None
        return frozenset(folder for version in versions for folder in version.folders)


def new_token(beginning: str = "") -> str:
    """Return what begins the names of folders that no one else writes."""
    return f"{beginning}{datetime.now(UTC):%Y%m%dT%H%M%S}_{secrets.token_hex(4)}"


def _pointer(version: str) -> str:
    return POINTER if version == PUBLISHED else f"{KEPT}/{version}{SUFFIX}"


def _own(draft: Draft) -> FolderDraft:
    assert isinstance(draft, FolderDraft)
    return draft


def storage_at(warehouse: str) -> Storage:
    """Return the storage at a path or URL; raises UsageError where its protocol is not known."""
    protocol, mark, path = warehouse.partition("://")
    if not mark:
        return FolderStorage(Path(warehouse))
    if protocol == "file":
        return FolderStorage(Path(path))
    if protocol in BUCKETS:
        return BucketStorage(warehouse)
    raise UsageError(
        f"a warehouse cannot be at {protocol}://; allowed: a folder, file://,"
        f" {', '.join(f'{known}://' for known in BUCKETS)}",
        hint="publishing needs a storage that writes a file only where nobody else did meanwhile",
    )
