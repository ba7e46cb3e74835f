"""The published warehouse for SQL that may use no other files (B8)."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from runner.engine.warehouse import Warehouse
from runner.stage.staging_lock import shared_staging
from runner.warehouse.publication import open_published
from runner.workspace.workspace import Workspace


@contextmanager
def lockable_warehouse(workspace: Workspace, reads_sources: bool) -> Iterator[Warehouse]:
    """Open the published warehouse; `Warehouse.lock` may follow once sources are read.

    Staged files stay as they are while they are read; without sources it waits for nobody.
    """
    staged = shared_staging(workspace.staging) if reads_sources else nullcontext()
    spill = workspace.generated / f".scratch-{secrets.token_hex(4)}"
    try:
        with staged, open_published(workspace, spill, is_lockable=True) as warehouse:
            yield warehouse
    finally:
        shutil.rmtree(spill, ignore_errors=True)
