"""The report of `runner ls --state`: states of goals, models, segments and exports."""

import json
from dataclasses import asdict

from runner.report.printable import printable
from runner.report.quantities import counted
from runner.state.goal_state import GoalState
from runner.state.model_state import ModelState
from runner.state.node_state import NodeState

TOLD = {
    "new": "new, nothing was imported yet",
    "modified": "modified, imported again:",
    "unchanged": "unchanged",
    "gone": "gone: no longer declared; a full refresh leaves out what it imported",
}

MODEL_TOLD = {
    "new": "new, not built yet",
    "modified": "modified since it was built:",
    "unchanged": "unchanged",
}

EXPORT_TOLD = {
    "new": "new, not exported yet",
    "modified": "modified since it was exported:",
    "unchanged": "unchanged",
}


def show_state(state: NodeState) -> str:
    """Return the state of a node, and a line for each change of its definition."""
    if isinstance(state, GoalState):
        told = TOLD[state.state]
        if state.returning:
            files = counted(state.returning, "file")
            told += f"; {files} that a rollback took out will come again"
    else:
        told = (MODEL_TOLD if isinstance(state, ModelState) else EXPORT_TOLD)[state.state]
    head = f"{printable(state.name)}  {told}"
    return "\n".join([head, *(f"  {printable(change)}" for change in state.changes)])


def state_json(state: NodeState) -> str:
    """Return the state of a node as one JSON object."""
    return json.dumps(asdict(state))
