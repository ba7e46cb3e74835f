"""A build that runs: what it found, and what became of its nodes."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar

from runner.compile.graph import Graph, Node
from runner.definitions.connection import Connection
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.errors import RemoteError, RunnerError
from runner.events import Event, Listener
from runner.imports.file_choice import FileChoice
from runner.orchestrate.options import BuildOptions
from runner.result import NodeResult, failed
from runner.stage.staging import Staging
from runner.warehouse.ledger import Ledger
from runner.workspace.open_remotes import OpenRemotes
from runner.workspace.workspace import Workspace

AnyGoal = TypeVar("AnyGoal", ImportGoal, ExportProfiles)


def goal_field(name: str, kind: str) -> dict[str, str]:
    """Return the field of an event that names the goal it is about; none for models and tests."""
    return {"goal": name} if kind.startswith(("import_", "export_")) else {}


@dataclass(frozen=True)
class GoalNode(Generic[AnyGoal]):
    """A selected goal and the connection it belongs to."""

    connection: Connection
    goal: AnyGoal

    @property
    def name(self) -> str:
        """Return the goal's full name."""
        return f"{self.connection.connection}.{self.goal.name}"


@dataclass
class Build:
    """A build under way."""

    workspace: Workspace
    options: BuildOptions
    listener: Listener
    build_id: str
    started_at: datetime
    graph: Graph
    remotes: OpenRemotes
    nodes: list[Node] = field(default_factory=list)
    results: dict[str, NodeResult] = field(default_factory=dict)
    choices: dict[str, FileChoice] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    # Goal -> what replaying its earlier imports gave, in a full refresh.
    replayed: dict[str, NodeResult] = field(default_factory=dict)
    # Goals that a replay could not import: what they gave before would be lost.
    lost: list[str] = field(default_factory=list)

    @property
    def staging(self) -> Staging:
        """Return the staging folder."""
        return Staging(self.workspace.staging)

    def goals(self, kind: type[AnyGoal]) -> list[GoalNode[AnyGoal]]:
        """Return the selected goals of a kind, in the order in which they are declared."""
        selected = {node.name for node in self.nodes}
        goals = [
            GoalNode(connection, goal)
            for connection in self.workspace.project.connections
            for goal in connection.goals
            if isinstance(goal, kind)
        ]
        return [goal for goal in goals if goal.name in selected]

    @property
    def _total(self) -> int:
        """How many nodes are told: those chosen, and the files that are taken out again."""
        return len(self.nodes) + len(self.options.undo)

    def start(self, name: str, kind: str, message: str = "") -> None:
        """Tell that a node begins."""
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

    def tell(self, result: NodeResult) -> None:
        """Keep a node's result and tell it."""
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

    def warn(self, message: str) -> None:
        """Keep a warning of the whole build and tell it."""
        self.warnings.append(message)
        self.listener(Event("warning", "build", message))

    def is_stopped(self) -> bool:
        """Tell whether the build ends here: told to stop, or after a failure that ends it."""
        return bool(self.stop_reason())

    def stop_reason(self) -> str:
        """Return why the build ends here; empty where it goes on."""
        if self.options.should_stop():
            return "the build was told to stop"
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
        """Tell of what did not run because the build ended before it."""
        reason = self.stop_reason()
        for node in self.nodes:
            if reason and node.name not in self.results:
                self.tell(NodeResult(node.name, node.kind, "skipped", message=reason))

    def is_cut_short(self, with_exports: bool = False) -> bool:
        """Tell whether it was told to stop before all was done, or all up to the exports."""
        return self.options.should_stop() and any(
            node.name not in self.results
            for node in self.nodes
            if with_exports or not node.kind.startswith("export_")
        )

    def tell_failure(self, name: str, kind: str, error: RunnerError) -> None:
        """Keep and tell that a node failed."""
        code = 4 if isinstance(error, RemoteError) else error.exit_code
        self.tell(failed(name, kind, error, code))

    def broken_parent(self, node: Node) -> str | None:
        """Return a model above a node that failed or was skipped; a failed import stops nothing."""
        for parent in node.depends_on:
            result = self.results.get(parent)
            if result is None or result.kind.startswith("import_"):
                continue
            if result.is_failure or result.status == "skipped":
                return parent
        return None
