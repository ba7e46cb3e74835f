"""Builds that the history has as running, of which the process is gone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from runner.errors import RunnerError
from runner.history import BuildRecord
from runner.warehouse.lock import holding_command
from runner.workspace.workspace import open_workspace


def with_ends(folder: Path, builds: Iterable[BuildRecord]) -> Iterator[BuildRecord]:
    """Give the builds, those that were killed as errors: the next build would record that.

    A build that runs holds the lock of its warehouse. Where the project of `folder` has a mistake
    its warehouse is not known, and the record stays as it is.
    """
    for build in builds:
        if build.status == "running" and _is_dead(folder, build):
            yield replace(build, status="error")
        else:
            yield build


def _is_dead(folder: Path, build: BuildRecord) -> bool:
    try:
        warehouse = open_workspace(folder, build.target).warehouse
    except RunnerError:
        return False
    return holding_command(warehouse) != build.command
