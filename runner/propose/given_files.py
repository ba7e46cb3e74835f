"""The files that a user names: on this machine, or on the server of a connection."""

import fnmatch
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from runner.errors import UsageError
from runner.workspace.open_remotes import OpenRemotes
from runner.workspace.remote_settings import remote_settings
from runner.workspace.workspace import Workspace

SIGNS = "*?["
Given = tuple[list[Path], str]
"""The local files that one name means, and the pattern by which their connection reaches them."""


def local_files(name: str) -> list[Path]:
    """Return the local files that a path or a pattern means, by name; none where there is none."""
    path = Path(name)
    if not any(sign in name for sign in SIGNS):
        return [path] if path.is_file() else []
    return sorted(found for found in path.parent.glob(path.name) if found.is_file())


@contextmanager
def given_files(
    names: Sequence[str], workspace: Workspace | None, connection: str | None
) -> Iterator[list[Given]]:
    """Give the files of each name; those on a server are fetched, and removed afterwards.

    A name that no file of this machine has is looked for on the server of the connection. Raises
    UsageError for one that no file has.
    """
    root = folder_of(workspace, connection) if workspace and connection else None
    with tempfile.TemporaryDirectory(prefix="runner-") as folder:
        given = []
        for name in names:
            found = _local(name, root)
            if found is None and workspace and connection:
                found = _remote(workspace, connection, name, Path(folder))
            if found is None:
                hint = "a pattern needs quotes: 'out/*.csv'; --connection looks on its server"
                raise UsageError(f"{name}: there is no such file", hint=hint)
            given.append(found)
        yield given


def folder_of(workspace: Workspace, connection: str) -> Path | None:
    """Return the folder of a connection to one; None of a connection to a server."""
    found = remote_settings(workspace, workspace.project.connection(connection))
    return Path(found.path).resolve() if found.kind == "local" else None


def connection_to(workspace: Workspace, file: str) -> str | None:
    """Return the connection to a folder that a local file is in; None where there is none."""
    for connection in workspace.project.connections:
        name = connection.connection
        folder = folder_of(workspace, name) if _is_local(workspace, name) else None
        if folder and Path(file).resolve().is_relative_to(folder):
            return name
    return None


def _is_local(workspace: Workspace, name: str) -> bool:
    override = workspace.target.connections.get(name)
    return workspace.project.connection(name).access(override).type == "local"


def _local(name: str, root: Path | None) -> Given | None:
    files = local_files(name)
    if not files:
        return None
    path = Path(name).resolve()
    if root and path.is_relative_to(root):
        return files, path.relative_to(root).as_posix()
    return files, path.name


def _remote(workspace: Workspace, name: str, pattern: str, folder: Path) -> Given | None:
    """Fetch the files of a connection that a path or a pattern means."""
    connection = workspace.project.connection(name)
    directory, _, last = pattern.rpartition("/")
    files = []
    with OpenRemotes(workspace) as remotes:
        remote, _ = remotes.open(connection)
        for file in sorted(remote.list(directory).files, key=lambda item: item.name):
            if fnmatch.fnmatchcase(file.name, last):
                path = folder / file.name
                with path.open("w+b") as target:
                    remote.fetch(file.path, target, lambda _: None)
                files.append(path)
    return (files, pattern) if files else None
