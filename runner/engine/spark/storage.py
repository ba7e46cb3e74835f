"""Where the files of a warehouse are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from runner.errors import RunnerError


class ChangedError(RunnerError):
    """Another process wrote a file since it was read."""


@dataclass(frozen=True)
class Stored:
    """A file as it was read."""

    data: bytes
    # What the storage calls this content.
    tag: str


class Storage(Protocol):
    """Files below a root, by names such as `main.profiles/20260101T120000-1a2b3c-4`."""

    # As the engine reads it: a path or an URL.
    root: str

    def read(self, name: str) -> Stored | None:
        """Return a file; None where there is none."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Write a whole file: readers find the one before it, or all of this one."""
        ...

    def swap(self, name: str, data: bytes, tag: str | None) -> None:
        """Write a whole file in place of that with this tag; None: where there is none.

        Raises ChangedError where another one is there.
        """
        ...

    def files(self, folder: str) -> list[str]:
        """Return the names of the files directly in a folder; none where there is no such."""
        ...

    def folders(self) -> list[str]:
        """Return the names of all folders in folders of the root."""
        ...

    def settle(self, folders: Iterable[str]) -> None:
        """Make sure that the files of folders are stored, also when the power fails."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file, where it is there."""
        ...

    def remove_folder(self, name: str) -> None:
        """Remove a folder and all in it, where it is there."""
        ...

    def size(self, folders: Iterable[str]) -> int:
        """Return how many bytes the files of folders take."""
        ...
