"""The download phase of a build: find and download the files of all import goals."""

from dataclasses import replace

from runner.definitions.import_goal import ImportGoal
from runner.errors import RunnerError
from runner.events import Event, Listener
from runner.imports.intake import Intake
from runner.imports.source_downloads import SourceDownloads
from runner.orchestrate.running_build import Build
from runner.state.node_state import import_state
from runner.workspace.declared_goal import DeclaredGoal


def download_files(build: Build) -> None:
    """Find and download the files of the selected import goals; an undo needs no new ones."""
    if build.options.undo:
        return
    goals = build.goals(ImportGoal)
    if goals:
        build.listener(Event("phase", "stage", "finding and fetching files"))
    for node in goals:
        try:
            _choose(build, node)
        except RunnerError as error:
            build.record_failure(node.name, node.goal.kind, error)
        if build.is_stopped():
            return


def _choose(build: Build, node: DeclaredGoal[ImportGoal]) -> None:
    remote, settings = build.remotes.open(node.connection)
    state = import_state(build.workspace, build.ledger, node.name, node.goal)
    listener = _listener(build, node.name)
    downloads = SourceDownloads.of(build.workspace, node.goal, remote, settings, listener)
    intake = Intake(node.goal, node.name, downloads, build.ledger, build.options.allow_missing)
    is_redefined = state.state == "modified" and not build.options.full_refresh
    try:
        build.choices[node.name] = intake.choose_and_download(build.build_id, is_redefined)
    except RunnerError as error:
        build.record_failure(node.name, node.goal.kind, error, intake.warnings)


def _listener(build: Build, goal: str) -> Listener:
    """Return a listener that adds the goal to the events of its files."""
    return lambda event: build.listener(replace(event, fields={"goal": goal, **event.fields}))
