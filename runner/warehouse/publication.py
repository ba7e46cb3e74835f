"""The warehouse that a build works on, published by a swap, and opened to be read (B1, B5)."""

import errno
import os
import shutil
from pathlib import Path

from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import RunnerError, UsageError
from runner.workspace.workspace import Workspace


def building_path(warehouse: Path) -> Path:
    """Return the file that a build works on, beside the published one."""
    return warehouse.with_name(warehouse.name + ".building")


def kept_builds(kept: Path) -> dict[str, Path]:
    """Return the warehouses kept in a folder, by the id of their build, oldest first."""
    return {path.stem: path for path in sorted(kept.glob("*.duckdb"))} if kept.exists() else {}


def start_copy(warehouse: Path, original: Path | None) -> Path:
    """Copy a warehouse to build on, beside the published one; None begins with an empty one.

    What a killed build left is removed (B3). Raises RunnerError where the disk is full.
    """
    copy = building_path(warehouse)
    discard(copy)
    copy.parent.mkdir(parents=True, exist_ok=True)
    if original is not None and original.exists():
        try:
            shutil.copyfile(original, copy)
        except OSError as error:
            discard(copy)
            raise RunnerError(f"cannot copy the warehouse: {error.strerror}") from error
    return copy


def _keep(warehouse: Path, kept: Path) -> None:
    """Give the published file a second name; where that is on another disk, a copy of it."""
    kept.unlink(missing_ok=True)
    try:
        os.link(warehouse, kept)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.ENOTSUP):
            raise
        part = kept.with_name(kept.name + ".part")
        shutil.copyfile(warehouse, part)
        part.replace(kept)


def discard(copy: Path) -> None:
    """Remove a copy and the files that the engine left beside it."""
    copy.unlink(missing_ok=True)
    copy.with_name(copy.name + ".wal").unlink(missing_ok=True)
    shutil.rmtree(copy.with_name(copy.name + ".tmp"), ignore_errors=True)


def publish(copy: Path, warehouse: Path, kept: Path, previous_build: str, keep: int) -> None:
    """Replace the published warehouse by the copy, in one step (B1).

    Readers keep the file that they opened. The previous warehouse stays in the folder `kept`
    under the id of its build, the newest `keep` of them (B5). Raises RunnerError where the copy
    is not complete: the engine left a file of what it could not write beside it.
    """
    if copy.with_name(copy.name + ".wal").exists():
        raise RunnerError(
            f"{copy}: the engine could not write all of it, nothing is published",
            hint="look whether the disk is full",
        )
    if warehouse.exists() and previous_build and keep:
        kept.mkdir(parents=True, exist_ok=True)
        _keep(warehouse, kept / f"{previous_build}.duckdb")
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    copy.replace(warehouse)
    old = list(kept_builds(kept).values())
    for path in old[: max(0, len(old) - keep)]:
        path.unlink(missing_ok=True)


def open_published(workspace: Workspace) -> Warehouse:
    """Open the published warehouse read-only; raises UsageError where there is none."""
    path = workspace.warehouse
    if not path.exists():
        raise UsageError(
            f"there is no warehouse yet for the target '{workspace.target_name}'",
            hint="run `runner build` first",
        )
    target = workspace.target
    return Warehouse.open(
        path, read_only=True, threads=target.threads, memory_limit=target.memory_limit
    )
