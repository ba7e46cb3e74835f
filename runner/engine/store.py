"""Where an engine stores a warehouse: the version that is published, and others."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from runner.engine.warehouse import Warehouse

PUBLISHED = ""
"""The version that analysts read; other versions have the id of the build that made them."""
POINTER = "pointer.json"
"""The file of a warehouse in a folder that names the folders of its published version."""


@dataclass(frozen=True)
class Draft:
    """A version that is being written, and that nobody else reads."""

    # The version that it replaces when it is published.
    replaces: str = PUBLISHED


class Store(Protocol):
    """A stored warehouse: the published version, those kept of earlier builds, and drafts.

    There is one draft at a time of each version; it is written under the lock of the warehouse.
    """

    @property
    def is_published(self) -> bool:
        """Return whether there is a published version."""
        ...

    @property
    def size(self) -> int:
        """Return how many bytes the published version takes; 0 where there is none."""
        ...

    def check_writable(self) -> str:
        """Return the engine with its version, once it wrote where the warehouse is.

        What it wrote is removed. Raises ExecutionError where it cannot be reached, or cannot write.
        """
        ...

    def versions(self) -> tuple[str, ...]:
        """Return the versions that are kept (B5), oldest first: the ids of their builds."""
        ...

    def open(
        self,
        version: str | Draft = PUBLISHED,
        *,
        spill_to: Path | None = None,
        is_lockable: bool = False,
    ) -> Warehouse:
        """Open a version, or a draft, to read it; raises ExecutionError where that cannot be read.

        What does not fit into the memory goes to the folder `spill_to`. `lock` may follow only
        where it `is_lockable`.
        """
        ...

    def begin(self, source: str | None = PUBLISHED, *, replaces: str = PUBLISHED) -> Draft:
        """Begin a draft with what a version holds; with nothing, where that is None or missing.

        What a killed build left of one is removed (B3). Raises RunnerError where the disk is full.
        """
        ...

    def edit(self, draft: Draft) -> Warehouse:
        """Open a draft to read and write it."""
        ...

    def compact(self, draft: Draft) -> None:
        """Write a draft that is not open again, so that nothing is left of deleted rows (C2)."""
        ...

    def publish(self, draft: Draft, *, previous_build: str = "", keep: int | None = None) -> None:
        """Put a draft that is not open in place of the version that it replaces, in one step (B1).

        Readers keep the version that they opened. The published version before it is kept under
        the id of its build, `previous_build`, where one is given; of kept versions the newest
        `keep` stay, all where that is None (B5). Raises RunnerError where the draft is not
        complete.
        """
        ...

    def discard(self, draft: Draft) -> None:
        """Remove a draft, where it is there."""
        ...

    def remove(self, version: str) -> None:
        """Remove a kept version."""
        ...

    def remove_unnamed(self) -> None:
        """Remove at once what no version holds any more, also where a reader may be in it (C2)."""
        ...

    def attached(self, warehouse: Warehouse, version: str) -> AbstractContextManager[str]:
        """Let statements of an open warehouse read a version too.

        Gives the name that the database of the version has in them.
        """
        ...

    def share(self, path: Path) -> None:
        """Give the published version, where there is one, a second place.

        Later builds do not affect it. Raises OSError where the disk refuses.
        """
        ...

    def remove_written(self) -> None:
        """Remove what was written to such a second place and is not in it."""
        ...

    def scratch(self, folder: Path) -> Warehouse:
        """Open an empty warehouse in a folder, which may grow larger than the memory."""
        ...
