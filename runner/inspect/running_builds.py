"""Builds that the history has as running, of which the process is gone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from runner.history import BuildRecord
from runner.history.history import KILLED
from runner.warehouse.lock import held_since


def with_ends(folder: Path, builds: Iterable[BuildRecord]) -> Iterator[BuildRecord]:
    """Give the builds, those that were killed as errors: the next build would record that.

    A build that runs has held the lock of its warehouse since before it began.
    """
    for build in builds:
        if build.status == "running" and _is_dead(folder, build):
            yield replace(build, status="error", reason=KILLED)
        else:
            yield build


def _is_dead(folder: Path, build: BuildRecord) -> bool:
    since = held_since(folder / build.warehouse)
    return since is None or since > build.started_at
