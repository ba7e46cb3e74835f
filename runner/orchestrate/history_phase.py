"""What a build does goes into the history: its start, its progress, its result."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from runner.errors import RunnerError
from runner.history.history import History
from runner.history.progress import ProgressRecorder
from runner.history.records import BuildRecord, ExportRecord, FileRecord, NodeRecord
from runner.orchestrate.running_build import Build
from runner.result import BuildResult
from runner.workspace.workspace import Workspace


def record_start(build: Build) -> None:
    """Add a build to the history, as one that runs."""
    workspace = build.workspace
    record = BuildRecord(
        build.build_id,
        workspace.target_name,
        build.options.command,
        build.started_at,
        warehouse=os.path.relpath(workspace.local_state, workspace.project.root),
    )
    with History(workspace.history) as history:
        history.begin(record)


@contextmanager
def recorded_progress(build: Build) -> Iterator[None]:
    """Record in the history what a build is doing, from its events; and its end by an error."""
    progress = ProgressRecorder(build.listener, build.workspace.history, build.build_id, build.warn)
    build.listener = progress
    try:
        yield
    except BaseException as error:
        progress.close()
        _record_end(build, str(error) or type(error).__name__)
        raise
    progress.close()


def _record_end(build: Build, reason: str) -> None:
    """Record that a build ended without a result, and why."""
    seconds = time.monotonic() - build.clock
    # What ended the build is reported, and may be what ends this: a full disk.
    with suppress(RunnerError), History(build.workspace.history) as history:
        history.finish(
            build.build_id,
            datetime.now(UTC),
            "error",
            seconds,
            build.profiles,
            build.is_published,
            reason.partition("\n")[0],
        )


def record_result(workspace: Workspace, result: BuildResult) -> tuple[str, ...]:
    """Add a build's result to the history; returns a warning where that is not possible.

    A full disk undoes nothing that was built, published and sent.
    """
    try:
        with History(workspace.history) as history:
            _record(history, result)
    except RunnerError as error:
        return (f"{error.message}; target/run_results.json and the log hold what it did",)
    return ()


def _record(history: History, result: BuildResult) -> None:
    build_id = result.build_id
    history.add_nodes(
        NodeRecord(
            build_id=build_id,
            name=node.name,
            kind=node.kind,
            status=node.status,
            seconds=node.seconds,
            message=node.message,
            location=str(node.location) if node.location else "",
            rows=node.rows,
            outcomes=node.outcomes,
            profiles_created=node.profiles_created,
            profiles_updated=node.profiles_updated,
            profiles_unchanged=node.profiles_unchanged,
            rejects=node.rejects,
            members=node.members,
            fingerprint=node.fingerprint,
            exit_code=node.exit_code,
        )
        for node in result.nodes
    )
    history.add_files(
        FileRecord(build_id=build_id, goal=node.name, **vars(counts))
        for node in result.nodes
        for counts in node.files
    )
    history.add_exports(
        ExportRecord(build_id=build_id, goal=node.name, **vars(file))
        for node in result.nodes
        for file in node.exported
    )
    history.finish(
        build_id,
        result.finished_at,
        "error" if result.exit_code else "success",
        result.seconds,
        result.profiles,
        result.published,
        result.reason,
    )
