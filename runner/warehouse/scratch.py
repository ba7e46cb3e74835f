"""An empty warehouse to read files with; it is removed afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runner.engine.warehouse import Warehouse
from runner.workspace.workspace import Workspace


@contextmanager
def scratch(workspace: Workspace) -> Iterator[Warehouse]:
    """Open an empty warehouse, on disk, so that it may be larger than the memory."""
    workspace.generated.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix=".scratch-", dir=workspace.generated) as folder,
        workspace.store.scratch(Path(folder)) as warehouse,
    ):
        yield warehouse
