"""A copy of all that a build changes, for a build of which nothing is kept."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from runner.engine.store import Store
from runner.errors import disk_error
from runner.history.database_copy import copy_database
from runner.stage.staging_lock import shared_staging
from runner.workspace.workspace import Workspace

PREFIX = ".scratch-plan-"
"""How the names of folders of temporary copies begin, below target/."""
USED = "used"
"""File in such a folder that its process has locked."""
WRITTEN_ON = (".files", ".jsonl", ".parts")
"""Endings of files to which a build adds lines; it replaces all others as a whole."""
UNFINISHED = (".lock", ".next", ".part")


@contextmanager
def temporary_copy(workspace: Workspace) -> Iterator[Workspace]:
    """Give a workspace whose warehouse, staged files, history and records are copies.

    They are in a folder of their own below target/, which is removed afterwards. Files that are
    never written in place have the same bytes on the disk as the originals: another name of the
    file. Remote places of the copy are only read, and nobody waits for it: it holds the staged
    files for as long as it gives them their names. Raises RunnerError where the disk refuses.
    """
    remove_abandoned(workspace)
    workspace.generated.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=workspace.generated) as folder:
        copy = replace(workspace, copied_to=Path(folder))
        with (copy.generated / USED).open("w", encoding="utf-8") as used:
            fcntl.flock(used, fcntl.LOCK_EX)
            try:
                _fill(copy, workspace)
            except OSError as error:
                raise disk_error(error) from error
            try:
                yield copy
            finally:
                copy.store.remove_written()


def earlier_warehouse(copy: Workspace) -> Store:
    """Return the warehouse with which a temporary copy began; there is none before a build."""
    folder = copy.generated / "earlier"
    return copy.store_at(str(folder / copy.local_state.name), folder)


def abandoned_copies(workspace: Workspace) -> list[Path]:
    """Return the folders of temporary copies whose processes were killed."""
    return [
        used.parent
        for used in sorted(workspace.generated.glob(f"{PREFIX}*/{USED}"))
        if not _is_locked(used)
    ]


def remove_abandoned(workspace: Workspace) -> None:
    """Remove the temporary copies whose processes were killed."""
    for folder in abandoned_copies(workspace):
        shutil.rmtree(folder, ignore_errors=True)


def _is_locked(used: Path) -> bool:
    try:
        with used.open(encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    return False


def _fill(copy: Workspace, workspace: Workspace) -> None:
    """Put into the copy what the workspace has; the warehouse first, as of one moment."""
    workspace.store.share(copy.generated / "earlier" / copy.local_state.name)
    earlier_warehouse(copy).share(copy.local_state)
    copy_database(workspace.history, copy.history)
    copy_database(workspace.suppressions, copy.suppressions)
    headers = workspace.generated / "headers.json"
    if headers.exists():
        _share(headers, copy.generated / headers.name)
    _share_all(workspace.receipts, copy.receipts)
    _share_all(workspace.sent, copy.sent)
    if workspace.staging.exists():
        with shared_staging(workspace.staging):
            _share_all(workspace.staging, copy.staging)


def _share_all(folder: Path, copy: Path) -> None:
    """Give the files of a folder a second name in another; those that are written on, a copy."""
    for parent, _, names in os.walk(folder):
        target = copy / Path(parent).relative_to(folder)
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            path = Path(parent, name)
            # A build that runs may have replaced it since the folder was listed.
            with suppress(FileNotFoundError):
                if path.suffix in WRITTEN_ON:
                    shutil.copy2(path, target / name)
                elif not name.endswith(UNFINISHED):
                    _share(path, target / name)


def _share(path: Path, copy: Path) -> None:
    """Give a file a second name; where the file system has no such names, or on another, a copy."""
    try:
        os.link(path, copy)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(path, copy)
