"""A build, phase by phase (B1)."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial

from runner.engine.store import PUBLISHED, Draft
from runner.errors import RunnerError, disk_error
from runner.events import WAITING, Event, Listener, ignore
from runner.orchestrate.artifacts import write_run_results
from runner.orchestrate.copy_phase import complete_copy, open_copy, warehouse_copy
from runner.orchestrate.done_phase import mark_done_files
from runner.orchestrate.download_phase import download_files
from runner.orchestrate.expiry_phase import expire_staging
from runner.orchestrate.export_phase import export_goals
from runner.orchestrate.external_phase import write_external_files
from runner.orchestrate.history_phase import record_result, recorded_progress
from runner.orchestrate.import_phase import import_goals
from runner.orchestrate.model_phase import run_models
from runner.orchestrate.notify_phase import notify, notify_broken
from runner.orchestrate.options import BuildOptions
from runner.orchestrate.publish_phase import publish_copy
from runner.orchestrate.replay_check import check_replay
from runner.orchestrate.replay_phase import record_undone, replay_imports
from runner.orchestrate.running_build import Build
from runner.orchestrate.start_phase import start_build
from runner.result import BuildResult
from runner.warehouse.lock import locked
from runner.workspace.private_files import make_files_private
from runner.workspace.workspace import Workspace


def run_build(
    workspace: Workspace, options: BuildOptions, listener: Listener = ignore
) -> BuildResult:
    """Build a project: import, model, test, publish, export.

    Raises LockedError, UsageError or DefinitionError before anything is touched, FullError at any
    moment; what else fails later is in the result.
    """
    lock = locked(
        workspace.local_state,
        options.command,
        options.wait,
        options.should_stop,
        lambda message: listener(Event("note", "lock", message, status=WAITING)),
    )
    with disk_errors_raised(), lock as dead:
        if dead:
            message = f"taken over from {dead}, which ended before its build did"
            listener(Event("note", "lock", message))
        make_files_private(workspace, always=True)
        try:
            with disk_errors_raised():
                return _run_phases(workspace, options, listener)
        except RunnerError as error:
            for warning in notify_broken(workspace, options.connections, error):
                listener(Event("warning", "notify", warning))
            raise


def _run_phases(workspace: Workspace, options: BuildOptions, listener: Listener) -> BuildResult:
    with ExitStack() as opened:
        build = start_build(workspace, options, listener, opened)
        with recorded_progress(build):
            with made_warehouse(build):
                pass
            send_files(build)
            expire_staging(build)
        return _end(build)


@contextmanager
def made_warehouse(build: Build) -> Iterator[str | Draft]:
    """Import and run models in a copy of the warehouse, and publish it; give the copy.

    It is the published warehouse, or the one that is not published and removed afterwards.
    """
    check_replay(build)
    download_files(build)
    with warehouse_copy(build) as copy:
        with open_copy(build, copy) as warehouse:
            replay_imports(build, warehouse)
            import_goals(build, warehouse)
            record_undone(build, warehouse)
            run_models(build, warehouse)
            complete_copy(build, warehouse)
        publish_copy(build, copy)
        yield PUBLISHED if build.is_published else copy


def send_files(build: Build) -> None:
    """Write external files, send exports, and rename files that were imported."""
    write_external_files(build)
    export_goals(build)
    mark_done_files(build)


def _end(build: Build) -> BuildResult:
    """Write the artifacts and the history of a build, and notify; returns what it did."""
    result = build.end()
    write_run_results(build.workspace, result)
    declared = build.graph.nodes.keys()
    for name, send in (
        ("history", record_result),
        ("notify", partial(notify, declared=declared)),
    ):
        warnings = send(build.workspace, result)
        for warning in warnings:
            build.listener(Event("warning", name, warning))
        result = replace(result, warnings=(*result.warnings, *warnings))
        if warnings:
            write_run_results(build.workspace, result)
    return result


@contextmanager
def disk_errors_raised() -> Iterator[None]:
    """Let a file that the disk refuses end a build as other errors do: logged and reported."""
    try:
        yield
    except OSError as error:
        raise disk_error(error) from error
