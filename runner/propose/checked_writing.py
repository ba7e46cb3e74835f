"""A proposal is written only where the project is right with it."""

from collections.abc import Mapping
from pathlib import Path

from runner.errors import RunnerError
from runner.propose.project_files import put_back, write_all
from runner.workspace.workspace import open_workspace


def write_checked(root: Path, texts: Mapping[str, str]) -> None:
    """Write files of a project, and compile it; put back what was there where that fails.

    Raises DefinitionError with the mistakes that the files would have.
    """
    before = write_all(root, texts)
    try:
        open_workspace(root).compiled()
    except RunnerError:
        put_back(root, before)
        raise
