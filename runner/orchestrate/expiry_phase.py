"""Staged files are compacted when they were not used for a while, and dropped by `retention`."""

import time

from runner.errors import RunnerError, counted
from runner.events import Event
from runner.orchestrate.running_build import Build
from runner.warehouse.retention import expired_files


def expire_staging(build: Build) -> None:
    """Drop staged files past their retention, and compact those that were not used for a while.

    A failure is a warning: the build is done.
    """
    if not build.is_published or build.options.undo:
        return
    try:
        _drop_expired(build)
        _compact_unused(build)
    except (RunnerError, OSError) as error:
        build.warn(f"staged files were not expired: {error}")


def _drop_expired(build: Build) -> None:
    expired = expired_files(build.workspace, build.ledger)
    for file in expired:
        build.staging.drop(file.sha256)
    if expired:
        message = f"dropped {counted(len(expired), 'staged file')} past retention"
        build.listener(Event("note", "staging", message))


def _compact_unused(build: Build) -> None:
    unused_since = time.time() - build.workspace.project.file.compact_after
    for file in build.staging.kept():
        if file.is_compactable and file.used_at < unused_since:
            build.staging.compact(file.sha256)
