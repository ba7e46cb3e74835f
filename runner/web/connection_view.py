"""Connections as their page shows them: server, arrows, goals, last and next runs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Literal

from runner.definitions.connection import Access, Connection
from runner.definitions.export_goal import ExportProfiles
from runner.errors import RunnerError
from runner.schedule.next_run import runs
from runner.secret_values import without_passwords
from runner.site.recent_builds import NodeBuild, RecentBuilds, recent_builds
from runner.workspace.remote_settings import rendered_access
from runner.workspace.workspace import Workspace

ArrowState = Literal["good", "bad", "new", "off", "none"]
"""Enabled and last run well; last run badly; never run; disabled; without goals."""
GOOD = ("success", "unchanged", "pass")
NEXT_RUNS = 3
"""Runs of a schedule that are shown."""


@dataclass(frozen=True)
class GoalView:
    """A goal in the list of its connection."""

    connection: str
    name: str
    title: str
    kind: str
    is_enabled: bool
    state: ArrowState
    # What the last build did with it; None before the first.
    last: NodeBuild | None


@dataclass(frozen=True)
class ConnectionView:
    """A connection with what the last builds did with it."""

    name: str
    title: str
    description: str
    labels: tuple[str, ...]
    is_enabled: bool
    server: str
    # Whether a changed key of the server would be noticed; empty where there is no such key.
    key: str
    goals: tuple[GoalView, ...]
    inward: ArrowState
    outward: ArrowState
    next_runs: tuple[datetime, ...]


def connection_views(workspace: Workspace) -> list[ConnectionView]:
    """Return the connections of a project, in the order of their files."""
    builds = recent_builds(workspace.history, workspace.target_name)
    last = last_of_nodes(builds)
    project = workspace.project
    broken = {item.name for item in project.broken}
    return [
        _view(workspace, connection, last)
        for connection in project.connections
        if connection.connection not in broken
    ]


def last_of_nodes(builds: RecentBuilds) -> dict[str, NodeBuild]:
    """Return what the last build did that ran a node, by kind and name."""
    return {name: done[0] for name, done in builds.by_node().items()}


def _view(
    workspace: Workspace, connection: Connection, last: Mapping[str, NodeBuild]
) -> ConnectionView:
    goals = tuple(
        goal_view(connection, goal.name, last, isinstance(goal, ExportProfiles))
        for goal in connection.goals
    )
    access = rendered_access(workspace, connection)
    return ConnectionView(
        name=connection.connection,
        title=connection.title,
        description=connection.description,
        labels=connection.labels,
        is_enabled=connection.enabled,
        server=_server(access),
        key=_key(access),
        goals=goals,
        inward=_arrow(goal for goal in goals if goal.kind.startswith("import_")),
        outward=_arrow(goal for goal in goals if goal.kind.startswith("export_")),
        next_runs=_next_runs(workspace, connection),
    )


def goal_view(
    connection: Connection, name: str, last: Mapping[str, NodeBuild], is_export: bool
) -> GoalView:
    """Return a goal of a connection as lists show it."""
    goal = next(
        item
        for item in connection.goals
        if item.name == name and isinstance(item, ExportProfiles) == is_export
    )
    done = last.get(f"{goal.kind}.{connection.connection}.{goal.name}")
    is_enabled = connection.enabled and goal.enabled
    state: ArrowState = "off"
    if is_enabled and done is not None:
        state = "good" if done.node.status in GOOD else "bad"
    elif is_enabled:
        state = "new"
    return GoalView(
        connection.connection, goal.name, goal.title, goal.kind, is_enabled, state, done
    )


def _arrow(goals: Iterable[GoalView]) -> ArrowState:
    """Return the state of all goals in one direction: one that fails shows."""
    states = {goal.state for goal in goals}
    order: tuple[ArrowState, ...] = ("bad", "good", "new", "off")
    return next((state for state in order if state in states), "none")


def _server(access: Access) -> str:
    """Return where a connection leads, without what authenticates."""
    if access.type == "local":
        return access.path or "."
    user = f"{access.username}@" if access.username else ""
    port = f":{access.port}" if access.type == "sftp" else ""
    host = f"{user}{access.host}{port}" if access.host else ""
    path = f"/{access.path.lstrip('/')}" if access.path else ""
    return without_passwords(f"{access.type}://{host}{path}")


def _key(access: Access) -> str:
    if access.type != "sftp":
        return ""
    if access.host_key:
        return "host key pinned"
    return "host key in known_hosts" if access.known_hosts else "host key not pinned"


def _next_runs(workspace: Workspace, connection: Connection) -> tuple[datetime, ...]:
    if connection.schedule is None or not connection.enabled:
        return ()
    timezone = workspace.project.file.timezone
    try:
        return tuple(islice(runs(connection.schedule, timezone, datetime.now(UTC)), NEXT_RUNS))
    except (RunnerError, ValueError):
        return ()
