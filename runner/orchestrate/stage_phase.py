"""The first phase: files of all import goals found and brought here."""

from dataclasses import replace

from runner.definitions.import_goal import ImportGoal
from runner.errors import RunnerError
from runner.events import Event, Listener
from runner.imports.arrival import Arriving
from runner.orchestrate.running_build import Build, GoalNode
from runner.state.fingerprint import goal_definition
from runner.workspace.pgp_keys import decryptors
from runner.workspace.remote_settings import server_name


def stage(build: Build) -> None:
    """Find and bring the files of the selected import goals."""
    goals = build.goals(ImportGoal)
    if goals:
        build.listener(Event("phase", "stage", "finding and fetching files"))
    for node in goals:
        try:
            _arrive(build, node)
        except RunnerError as error:
            build.tell_failure(node.name, node.goal.kind, error)
        if build.is_stopped():
            return


def _arrive(build: Build, node: GoalNode[ImportGoal]) -> None:
    remote, settings = build.remotes.open(node.connection)
    before = build.ledger.fingerprint(node.name)
    is_redefined = before not in (None, goal_definition(build.workspace, node.goal).fingerprint)
    arriving = Arriving(
        node.goal,
        node.name,
        build.staging,
        server_name(settings),
        remote,
        build.ledger,
        _telling(build, node.name),
        decryptors(build.workspace, node.goal),
        build.options.allow_missing,
    )
    build.arrivals[node.name] = arriving.arrive(
        build.build_id,
        is_redefined and not build.options.full_refresh,
        settings.max_connections,
    )


def _telling(build: Build, goal: str) -> Listener:
    """Return a listener that adds the goal to what is told of its files."""
    return lambda event: build.listener(replace(event, fields={"goal": goal, **event.fields}))
