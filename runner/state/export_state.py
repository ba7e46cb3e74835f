"""Which export goals were edited since they last ran: `runner ls --state`."""

from runner.definitions.export_goal import ExportProfiles
from runner.publish.sent import Sent
from runner.state.export_definition import export_changes, export_definition
from runner.state.node_state import NodeState
from runner.workspace.goal_choice import all_goals
from runner.workspace.workspace import Workspace

UNKNOWN = "an earlier version of runner sent it, or it was killed"


class ExportState(NodeState):
    """How an export goal stands to the one that last ran."""


def export_states(workspace: Workspace) -> dict[str, ExportState]:
    """Return the state of each export goal, against what it was when it last ran.

    Raises DefinitionError where an expression cannot be rendered.
    """
    return {
        name: _state(workspace, name, connection.connection, goal)
        for name, (connection, goal) in all_goals(workspace.project).items()
        if isinstance(goal, ExportProfiles)
    }


def _state(workspace: Workspace, name: str, connection: str, goal: ExportProfiles) -> ExportState:
    sent = Sent(workspace.sent, name)
    if not sent.definition.exists():
        return (
            ExportState(name, "modified", (UNKNOWN,)) if sent.was_sent else ExportState(name, "new")
        )
    now = export_definition(connection, goal, workspace.project, workspace.library)
    before = sent.definition.read_text(encoding="utf-8")
    changes = export_changes(goal, workspace.library, before, now)
    return ExportState(name, "modified" if changes else "unchanged", changes)
