"""Other files below target/ that hold values of persons: logs lose lines, others go (C2)."""

import gzip
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from runner.engine.engines import WAREHOUSE_SUFFIXES, warehouse_folders
from runner.workspace.temporary_copy import PREFIX, abandoned_copies
from runner.workspace.workspace import Workspace

SEPARATE = ("staging", "kept", "sent", "receipts")
"""Folders that are erased elsewhere, or hold no values of persons."""
REMOVED_WHOLE = ("docs", "exports", "external", "test_failures")
"""Folders of files that are made again: the page, copies of exports, files of models and tests."""
STALE_AFTER = 3600.0
"""Seconds after which a scratch folder is taken for one that a killed command left."""
LINE_FOLDERS = ("logs", "rejects")
"""Folders whose files lose lines; elsewhere the whole file is removed."""
GZIP = b"\x1f\x8b"


def erase_generated(
    workspace: Workspace, pattern: re.Pattern[bytes], *, is_dry_run: bool
) -> tuple[str, ...]:
    """Remove local copies of exports, and files or lines that match; returns the changed paths.

    Paths are relative to target/.
    """
    removed = []
    for path in _removed_whole(workspace):
        removed.append(path)
        if not is_dry_run:
            shutil.rmtree(path)
    for path in sorted(_files(workspace)):
        content = path.read_bytes()
        plain = gzip.decompress(content) if content.startswith(GZIP) else content
        if not pattern.search(plain):
            continue
        removed.append(path)
        if is_dry_run:
            continue
        folder = path.relative_to(workspace.generated).parts[0]
        if folder in LINE_FOLDERS and plain is content:
            _without_lines(path, content, pattern)
        else:
            path.unlink()
    return tuple(str(path.relative_to(workspace.generated)) for path in removed)


def _removed_whole(workspace: Workspace) -> Iterator[Path]:
    for folder in (workspace.generated / name for name in REMOVED_WHOLE):
        if folder.is_dir():
            yield folder
    yield from abandoned_copies(workspace)
    before = time.time() - STALE_AFTER
    for path in sorted(workspace.generated.glob(".scratch-*")):
        if path.stat().st_mtime < before and not path.name.startswith(PREFIX):
            yield path


def _partner_folders(workspace: Workspace) -> tuple[Path, ...]:
    """Return the folders of local connections, which belong to partners."""
    found = []
    for connection in workspace.project.connections:
        override = workspace.target.connections.get(connection.connection)
        access = connection.access(override)
        if access.type == "local":
            stated = override if override and "path" in override.model_fields_set else connection
            path = workspace.rendered(access.path, stated.location("path"))
            found.append((workspace.project.root / path).resolve())
    return tuple(found)


def _files(workspace: Workspace) -> Iterator[Path]:
    """Give the files to search; warehouses and folders of partners are left out."""
    others = (*_partner_folders(workspace), *warehouse_folders(workspace.generated))
    databases = (workspace.local_state.name, workspace.history.name, workspace.suppressions.name)
    for path in workspace.generated.rglob("*"):
        first = path.relative_to(workspace.generated).parts[0]
        if first in (*SEPARATE, *REMOVED_WHOLE) or first.startswith((".scratch-", *databases)):
            continue
        if any(path.resolve().is_relative_to(folder) for folder in others):
            continue
        if path.is_file() and path.suffix not in (".db", ".lock", *WAREHOUSE_SUFFIXES):
            yield path


def _without_lines(path: Path, content: bytes, pattern: re.Pattern[bytes]) -> None:
    lines = [line for line in content.splitlines(keepends=True) if not pattern.search(line)]
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(b"".join(lines))
    part.chmod(0o600)
    part.replace(path)
