"""Staged files are compacted when they were not used for a while, and dropped by `retention`."""

import time
from collections.abc import Iterable

from runner.errors import RunnerError, counted
from runner.events import Event
from runner.orchestrate.running_build import Build
from runner.stage.staging import StagedContent
from runner.warehouse.retention import expired_files


def expire_staging(build: Build) -> None:
    """Drop staged files past their retention, and compact those that were not used for a while.

    A failure is a warning: the build is done. While builds of other targets use staged files,
    all stay as they are, and a later build expires them.
    """
    if not build.is_published or build.options.undo:
        return
    with build.staging_use.alone() as is_alone:
        if is_alone:
            _expire(build)


def _expire(build: Build) -> None:
    try:
        # Listed once: to list a file reads of it, and counts as a use.
        kept = build.staging.kept()
        expired = _drop_expired(build, kept)
        _compact_unused(build, [file for file in kept if file not in expired])
    except (RunnerError, OSError) as error:
        build.warn(f"staged files were not expired: {error}")


def _drop_expired(build: Build, kept: Iterable[StagedContent]) -> list[StagedContent]:
    expired = expired_files(build.workspace, build.ledger, kept)
    for file in expired:
        build.staging.drop(file.sha256)
    if expired:
        message = f"dropped {counted(len(expired), 'staged file')} past retention"
        build.listener(Event("note", "staging", message))
    return expired


def _compact_unused(build: Build, kept: Iterable[StagedContent]) -> None:
    unused_since = time.time() - build.workspace.project.file.compact_after
    for file in kept:
        if file.is_compactable and file.used_at < unused_since:
            build.staging.compact(file.sha256)
