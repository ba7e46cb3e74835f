"""Which goals, models and segments changed since they last ran: `runner ls --state`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from runner.compile.compiled_project import CompiledProject
from runner.compile.graph import Graph
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.publish.sent import Sent
from runner.state.definition import StoredDefinition, definition_changes
from runner.state.export_definition import export_definition
from runner.state.goal_definition import goal_definition
from runner.state.model_definition import built_models, model_definitions
from runner.warehouse.ledger import Ledger, read_ledger
from runner.workspace.declared_goal import all_goals
from runner.workspace.workspace import Workspace

State = Literal[
    # Never imported, built or exported yet.
    "new",
    # Its definition differs from that of its last run; what a goal imported is imported again.
    "modified",
    "unchanged",
    # It ran before, and is no longer declared.
    "gone",
]
NOT_STORED = "the definition changed"
"""All that is known where the parts of the earlier definition were not stored."""
NOT_BUILT_BY_THIS = "an earlier version of runner built it"
NOT_SENT_BY_THIS = "an earlier version of runner sent it, or it was killed"


@dataclass(frozen=True)
class NodeState:
    """How a node stands to what it was when it last ran."""

    name: str
    kind: Literal["import", "model", "export"]
    state: State
    # What changed in its definition, with locations.
    changes: tuple[str, ...] = ()
    # Of an import: main files that a rollback took out and that the next build imports again.
    returning: int = 0


def node_states(
    workspace: Workspace, compiled: CompiledProject, ledger: Ledger | None = None
) -> dict[str, NodeState]:
    """Return the state of each goal, model and segment, by name.

    Imports and models are compared with those of the published warehouse, whose ledger a caller
    may have read already; exports with what they last sent. Raises DefinitionError where an
    expression cannot be rendered, ExecutionError where the warehouse cannot be opened.
    """
    states = [
        *_import_states(workspace, ledger or read_ledger(workspace.store)),
        *_model_states(workspace, compiled),
        *_export_states(workspace),
    ]
    return {state.name: state for state in states}


def with_states(graph: Graph, states: Mapping[str, NodeState]) -> Graph:
    """Return a graph whose nodes have their states, for `--select state:modified`."""
    return graph.with_states({name: state.state for name, state in states.items()})


def import_state(workspace: Workspace, ledger: Ledger, name: str, goal: ImportGoal) -> NodeState:
    """Return the state of one import goal; raises DefinitionError as `node_states` does."""
    returning = sum(file.goal == name for file in ledger.undone.returning)
    before = ledger.fingerprint(name)
    if before is None:
        return NodeState(name, "import", "new", returning=returning)
    now = goal_definition(workspace, goal)
    if before == now.fingerprint:
        return NodeState(name, "import", "unchanged", returning=returning)
    stored = ledger.stored_definition(name)
    changes: tuple[str, ...] = ()
    if stored:
        changes = definition_changes(StoredDefinition.read(stored), now, workspace.library)
    return NodeState(name, "import", "modified", changes or (NOT_STORED,), returning)


def _import_states(workspace: Workspace, ledger: Ledger) -> Iterable[NodeState]:
    goals = {
        name: goal
        for name, (_, goal) in all_goals(workspace.project).items()
        if isinstance(goal, ImportGoal)
    }
    for name, goal in goals.items():
        yield import_state(workspace, ledger, name, goal)
    for name in ledger.goals or {}:
        if name not in goals:
            yield NodeState(name, "import", "gone")


def _model_states(workspace: Workspace, compiled: CompiledProject) -> Iterable[NodeState]:
    if not compiled.models:
        return
    built = built_models(workspace)
    for name, now in model_definitions(workspace, compiled).items():
        if built is None:
            yield NodeState(name, "model", "modified", (NOT_BUILT_BY_THIS,))
        elif name not in built:
            yield NodeState(name, "model", "new")
        else:
            changes = definition_changes(built[name], now, workspace.library)
            yield NodeState(name, "model", "modified" if changes else "unchanged", changes)


def _export_states(workspace: Workspace) -> Iterable[NodeState]:
    for name, (connection, goal) in all_goals(workspace.project).items():
        if not isinstance(goal, ExportProfiles):
            continue
        sent = Sent(workspace.sent, name)
        if not sent.definition.exists():
            if sent.was_sent:
                yield NodeState(name, "export", "modified", (NOT_SENT_BY_THIS,))
            else:
                yield NodeState(name, "export", "new")
            continue
        before = StoredDefinition.read(sent.stored_definition)
        now = export_definition(connection.connection, goal, workspace.project, workspace.library)
        changes = definition_changes(before, now, workspace.library)
        yield NodeState(name, "export", "modified" if changes else "unchanged", changes)
