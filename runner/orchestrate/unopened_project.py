"""Notices of a project, or a part of it, that cannot be opened."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from runner.definitions.broken_connection import broken_connection, faults_by_file
from runner.errors import DefinitionError
from runner.orchestrate.notify_phase import notify_broken
from runner.workspace.workspace import notified_workspace


def notify_unopened(
    folder: Path,
    target: str | None,
    variables: Mapping[str, Any],
    error: DefinitionError,
    connections: Collection[str] = (),
) -> tuple[str, ...]:
    """Notify the people of some connections, or of all, of mistakes in the definitions.

    Mistakes in files of connections concern the people of those, where the files say whom.
    Returns a warning for each notice that could not be sent.
    """
    workspace = notified_workspace(folder, target, variables)
    by_file = faults_by_file(error.faults)
    if sum(map(len, by_file.values())) == len(error.faults):
        broken = [broken_connection(folder / file, faults) for file, faults in by_file.items()]
        if all(item.notify for item in broken):
            connections = [item.name for item in broken]
    return notify_broken(workspace, connections, error)
