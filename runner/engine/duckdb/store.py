"""Versions of a warehouse as DuckDB files: the published one, kept ones and drafts (B1, B5)."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from runner.engine.store import PUBLISHED, Draft
from runner.errors import ExecutionError, RunnerError

if TYPE_CHECKING:
    from runner.engine.duckdb.warehouse import DuckDBWarehouse
    from runner.engine.warehouse import Warehouse

SUFFIX = ".duckdb"
EARLIER = "earlier"
"""Database name of an attached version."""


@dataclass(frozen=True)
class DuckDBStore:
    """The file of a warehouse, and a folder of earlier ones."""

    path: Path
    kept: Path
    threads: int | None = None
    memory_limit: str | None = None

    @property
    def is_published(self) -> bool:
        """Return whether there is a published file."""
        return self.path.exists()

    @property
    def size(self) -> int:
        """Return the size of the published file; 0 where there is none."""
        return self.path.stat().st_size if self.is_published else 0

    def check_writable(self) -> str:
        """Return DuckDB with its version, once a file was written beside the warehouse."""
        folder = next(path for path in self.path.parents if path.exists())
        try:
            with tempfile.TemporaryFile(dir=folder):
                return f"duckdb {duckdb.__version__}"
        except OSError as error:
            raise ExecutionError(f"{folder}: cannot write there: {error.strerror}") from error

    def versions(self) -> tuple[str, ...]:
        """Return the ids of the builds whose files are kept, oldest first."""
        return tuple(path.stem for path in sorted(self.kept.glob(f"*{SUFFIX}")))

    def open(
        self,
        version: str | Draft = PUBLISHED,
        *,
        spill_to: Path | None = None,
        is_lockable: bool = False,
    ) -> "DuckDBWarehouse":
        """Open a version, or a draft, read-only; raises ExecutionError where it is no warehouse."""
        file = self._copy(version) if isinstance(version, Draft) else self._file(version)
        warehouse = self._opened(file, read_only=True, is_lockable=is_lockable)
        if spill_to is not None:
            warehouse.spill_to(spill_to)
        return warehouse

    def begin(self, source: str | None = PUBLISHED, *, replaces: str = PUBLISHED) -> Draft:
        """Copy the file of a version to one beside the version that it will replace."""
        draft = Draft(replaces)
        self.discard(draft)
        copy = self._copy(draft)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source is not None and self._file(source).exists():
            try:
                shutil.copyfile(self._file(source), copy)
            except OSError as error:
                self.discard(draft)
                raise RunnerError(f"cannot copy the warehouse: {error.strerror}") from error
        return draft

    def edit(self, draft: Draft) -> "DuckDBWarehouse":
        """Open a draft for writing."""
        return self._opened(self._copy(draft))

    def compact(self, draft: Draft) -> None:
        """Copy the tables of a draft to a new file, which takes its place."""
        copy, fresh = self._copy(draft), self._fresh(draft)
        _remove(fresh)
        with self._opened(fresh) as warehouse:
            warehouse.copy_from(copy)
        _check_complete(fresh)
        _remove(copy)
        fresh.replace(copy)

    def publish(self, draft: Draft, *, previous_build: str = "", keep: int | None = None) -> None:
        """Give the file of a draft the name of the version that it replaces.

        Readers keep the file that they opened. Raises RunnerError where the engine left a file of
        what it could not write beside the draft.
        """
        copy = self._copy(draft)
        _check_complete(copy)
        if self.is_published and previous_build and keep != 0:
            self.kept.mkdir(parents=True, exist_ok=True)
            _keep(self.path, self._file(previous_build))
        with copy.open("rb") as file:
            os.fsync(file.fileno())
        copy.replace(self._file(draft.replaces))
        if keep is not None:
            old = self.versions()
            for version in old[: max(0, len(old) - keep)]:
                self.remove(version)

    def discard(self, draft: Draft) -> None:
        """Remove the file of a draft, and those that the engine left beside it."""
        _remove(self._copy(draft))
        _remove(self._fresh(draft))

    def remove_unnamed(self) -> None:
        """Do nothing: a file holds what its version does."""

    def remove(self, version: str) -> None:
        """Remove the file of a kept version."""
        self._file(version).unlink(missing_ok=True)

    @contextmanager
    def attached(self, warehouse: "Warehouse", version: str) -> Iterator[str]:
        """Attach the file of a version read-only to an open warehouse."""
        warehouse.perform("session.attach", path=self._file(version))
        try:
            yield EARLIER
        finally:
            warehouse.perform("session.detach")

    def share(self, path: Path) -> None:
        """Give the published file a second name; where that is on another disk, a copy of it."""
        if self.is_published:
            path.parent.mkdir(parents=True, exist_ok=True)
            _keep(self.path, path)

    def remove_written(self) -> None:
        """Do nothing: all is in the file."""

    def scratch(self, folder: Path) -> "DuckDBWarehouse":
        """Open a new file in a folder, on disk, so that it may be larger than the memory."""
        warehouse = self._opened(folder / f"scratch{SUFFIX}")
        warehouse.spill_to(folder / "spill")
        return warehouse

    def _opened(
        self, path: Path, *, read_only: bool = False, is_lockable: bool = False
    ) -> "DuckDBWarehouse":
        # The library is loaded where a warehouse is opened, not where one is asked for.
        from runner.engine.duckdb.warehouse import DuckDBWarehouse  # noqa: PLC0415

        return DuckDBWarehouse.open(
            path,
            read_only=read_only,
            is_lockable=is_lockable,
            threads=self.threads,
            memory_limit=self.memory_limit,
        )

    def _file(self, version: str) -> Path:
        return self.path if version == PUBLISHED else self.kept / f"{version}{SUFFIX}"

    def _copy(self, draft: Draft) -> Path:
        file = self._file(draft.replaces)
        return file.with_name(file.name + ".building")

    def _fresh(self, draft: Draft) -> Path:
        file = self._file(draft.replaces)
        return file.with_name(file.name + ".building.fresh")


def _log(file: Path) -> Path:
    """Return where the engine writes what it has not put into a file yet."""
    return file.with_name(file.name + ".wal")


def _remove(file: Path) -> None:
    """Remove a file and those that the engine left beside it."""
    file.unlink(missing_ok=True)
    _log(file).unlink(missing_ok=True)
    shutil.rmtree(file.with_name(file.name + ".tmp"), ignore_errors=True)


def _check_complete(file: Path) -> None:
    if _log(file).exists():
        raise RunnerError(
            f"{file}: the engine could not write all of it, nothing is published",
            hint="look whether the disk is full",
        )


def _keep(published: Path, kept: Path) -> None:
    """Give the published file a second name; where that is on another disk, a copy of it."""
    kept.unlink(missing_ok=True)
    try:
        os.link(published, kept)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.ENOTSUP):
            raise
        part = kept.with_name(kept.name + ".part")
        shutil.copyfile(published, part)
        part.replace(kept)
