"""What else lies below target/ and mentions people: logs lose lines, the rest goes (C2)."""

import gzip
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from runner.workspace.workspace import Workspace

APART = ("staging", "kept", "sent", "receipts")
"""Folders that have an erasure of their own, or hold nothing of anybody."""
LEFT_OVER = 3600.0
"""Seconds after which a scratch folder is one that a killed command left."""
LINES_OF = ("logs", "rejects")
"""Folders whose files lose lines; of others, the file goes."""
GZIP = b"\x1f\x8b"


def erase_generated(
    workspace: Workspace, pattern: re.Pattern[bytes], *, is_dry_run: bool
) -> tuple[str, ...]:
    """Remove local copies of exports, and files that mention people; returns their paths.

    Paths are those below target/.
    """
    removed = []
    for path in _whole(workspace):
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
        if folder in LINES_OF and plain is content:
            _without_lines(path, content, pattern)
        else:
            path.unlink()
    return tuple(str(path.relative_to(workspace.generated)) for path in removed)


def _whole(workspace: Workspace) -> Iterator[Path]:
    exports = workspace.generated / "exports"
    if exports.is_dir():
        yield exports
    before = time.time() - LEFT_OVER
    for path in sorted(workspace.generated.glob(".scratch-*")):
        if path.stat().st_mtime < before:
            yield path


def _partners(workspace: Workspace) -> tuple[Path, ...]:
    """Return the folders of local connections: what lies there is the partner's."""
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
    """Give the files that may mention somebody; those of databases are not among them."""
    partners = _partners(workspace)
    databases = (workspace.warehouse.name, workspace.history.name, workspace.suppressions.name)
    for path in workspace.generated.rglob("*"):
        first = path.relative_to(workspace.generated).parts[0]
        if first in (*APART, "exports") or first.startswith((".scratch-", *databases)):
            continue
        if any(path.resolve().is_relative_to(folder) for folder in partners):
            continue
        if path.is_file() and path.suffix not in (".db", ".duckdb", ".lock"):
            yield path


def _without_lines(path: Path, content: bytes, pattern: re.Pattern[bytes]) -> None:
    lines = [line for line in content.splitlines(keepends=True) if not pattern.search(line)]
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(b"".join(lines))
    part.chmod(0o600)
    part.replace(path)
