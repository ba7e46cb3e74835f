"""What a build knows of its connections is kept, for builds in which a file is wrong."""

from pathlib import Path

from runner.definitions.broken_connection import copied, copy_of
from runner.definitions.connection import Connection
from runner.stage.part_file import replacing
from runner.workspace.workspace import Workspace


def keep_definitions(workspace: Workspace) -> None:
    """Keep what later builds need to know of each connection whose file is right.

    A temporary copy of a workspace keeps nothing.
    """
    if workspace.copied_to:
        return
    root = workspace.project.root
    broken = {item.name for item in workspace.project.broken}
    for connection in workspace.project.connections:
        if connection.connection not in broken:
            _keep(copy_of(root, root / connection.location("connection").file), connection)


def _keep(path: Path, connection: Connection) -> None:
    text = copied(connection)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8")
