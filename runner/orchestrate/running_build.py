"""A build that runs: what it found, and what became of its nodes."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from runner.compile.compiled_project import CompiledProject
from runner.compile.graph import Graph, Node
from runner.definitions.broken_connection import BrokenConnection
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.engine.store import Store
from runner.errors import RunnerError
from runner.events import Event, Listener, goal_field
from runner.imports.file_choice import FileChoice
from runner.orchestrate.options import BuildOptions
from runner.result import BuildResult, NodeResult, failed, with_warnings
from runner.stage.staging import Staging
from runner.stage.staging_lock import StagingUse
from runner.state.recovery import StartingPoint
from runner.warehouse.ledger import Ledger
from runner.workspace.declared_goal import DeclaredGoal
from runner.workspace.open_remotes import OpenRemotes
from runner.workspace.workspace import Workspace

AnyGoal = TypeVar("AnyGoal", bound=ImportGoal | ExportProfiles)


@dataclass
class Build:
    """A build under way."""

    workspace: Workspace
    options: BuildOptions
    listener: Listener
    build_id: str
    started_at: datetime
    # `time.monotonic()` then.
    clock: float
    graph: Graph
    compiled: CompiledProject
    # The warehouse that the build begins with.
    starting_point: StartingPoint
    staging_use: StagingUse
    remotes: OpenRemotes
    nodes: list[Node] = field(default_factory=list)
    # Connections whose files are wrong: none of their goals runs.
    broken: tuple[BrokenConnection, ...] = ()
    results: dict[str, NodeResult] = field(default_factory=dict)
    choices: dict[str, FileChoice] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    # Goal -> what replaying its earlier imports gave, in a full refresh.
    replayed: dict[str, NodeResult] = field(default_factory=dict)
    # Goals that a replay could not import: what they gave before would be lost.
    lost: list[str] = field(default_factory=list)
    # Profiles in the copy of the warehouse when models and tests have run.
    profiles: int = 0
    is_published: bool = False
    # Why it is not published; empty where it is, and before.
    unpublished: str = ""

    @property
    def staging(self) -> Staging:
        """Return the staging folder."""
        return Staging(self.workspace.staging)

    @property
    def store(self) -> Store:
        """Return the store of the warehouse, opened with the threads that the build may use."""
        return self.workspace.store_with(self.options.threads or self.workspace.target.threads)

    def goals(self, kind: type[AnyGoal]) -> list[DeclaredGoal[AnyGoal]]:
        """Return the selected goals of a kind, in the order in which they are declared."""
        selected = {node.name for node in self.nodes}
        goals = [
            DeclaredGoal(connection, goal)
            for connection in self.workspace.project.connections
            for goal in connection.goals
            if isinstance(goal, kind)
        ]
        return [goal for goal in goals if goal.name in selected]

    @property
    def _total(self) -> int:
        """Return how many results there will be: of nodes, broken connections, files to undo."""
        return len(self.nodes) + len(self.broken) + len(self.options.undo)

    def report_start(self, name: str, kind: str, message: str = "") -> None:
        """Report that a node begins."""
        done, total = len(self.results) + 1, self._total
        self.listener(
            Event(
                "started",
                name,
                message,
                done=done,
                total=total,
                fields={**goal_field(name, kind), "kind": kind},
            )
        )

    def record(self, result: NodeResult) -> None:
        """Keep a node's result and report it."""
        self.results[result.name] = result
        self.listener(
            Event(
                "finished",
                result.name,
                result.message,
                done=len(self.results),
                total=self._total,
                status=result.status,
                fields={**goal_field(result.name, result.kind), "result": result},
            )
        )

    def warn(self, message: str, location: str = "") -> None:
        """Keep a warning of the whole build, or of a line of the project, and report it."""
        self.warnings.append(f"{location}: {message}" if location else message)
        self.listener(Event("warning", location or "build", message))

    def warn_of(self, name: str, message: str) -> None:
        """Add a warning to the result of a node, and report it."""
        self.results[name] = with_warnings(self.results[name], (message,))
        self.listener(Event("warning", name, message))

    def is_stopped(self) -> bool:
        """Return whether the build ends here: on request, or after a failure that ends it."""
        return bool(self.stop_reason())

    def stop_reason(self) -> str:
        """Return why the build ends here; empty where it goes on."""
        if self.options.should_stop():
            return "the build was stopped"
        for node in self.results.values():
            if node.is_failure and self.options.fail_fast:
                return f"{node.name} failed, and --fail-fast ends the build there"
            if node.is_failure and node.name in self.stopping:
                return f"{node.name} failed, and its `on_error: stop` ends the build there"
        return ""

    @cached_property
    def stopping(self) -> frozenset[str]:
        """Return the goals whose failure ends the build."""
        return frozenset(
            f"{connection.connection}.{goal.name}"
            for connection in self.workspace.project.connections
            for goal in connection.goals
            if goal.on_error == "stop"
        )

    def skip_rest(self) -> None:
        """Record as skipped what did not run because the build ended before it."""
        reason = self.stop_reason()
        for node in self.nodes:
            if reason and node.name not in self.results:
                self.skip(node, reason)

    def is_cut_short(self, with_exports: bool = False) -> bool:
        """Return whether it was stopped before all was done, or all up to the exports."""
        return self.options.should_stop() and any(
            node.name not in self.results
            for node in self.nodes
            if with_exports or not node.kind.startswith("export_")
        )

    def record_failure(
        self, name: str, kind: str, error: RunnerError, warnings: Iterable[str] = ()
    ) -> None:
        """Keep and report that a node failed, and the warnings that came before."""
        self.record(with_warnings(failed(name, kind, error, error.exit_code), tuple(warnings)))

    def skip(self, node: Node, reason: str, blocked_by: str = "") -> None:
        """Record a node as skipped, and the node whose failure is the reason."""
        result = NodeResult(node.name, node.kind, "skipped", message=reason, blocked_by=blocked_by)
        self.record(result)

    def end(self) -> BuildResult:
        """Record what did not run, and return what the build did."""
        is_cut_short = self.is_cut_short(with_exports=True)
        self.skip_rest()
        return BuildResult(
            build_id=self.build_id,
            target=self.workspace.target_name,
            started_at=self.started_at,
            seconds=time.monotonic() - self.clock,
            nodes=tuple(self.results.values()),
            published=self.is_published,
            profiles=self.profiles,
            warnings=tuple(self.warnings),
            stopped=is_cut_short,
        )
