"""What `runner ls --state` tells of an import goal."""

import json
from dataclasses import asdict

from runner.build.goal_state import GoalState
from runner.report.figures import counted
from runner.report.visible import visible

TOLD = {
    "new": "new, nothing was imported yet",
    "modified": "modified, imported again:",
    "unchanged": "unchanged",
    "gone": "gone: no longer declared; a full refresh leaves out what it imported",
}


def show_state(state: GoalState) -> str:
    """Return the state of a goal, and a line for each change of its definition."""
    told = f"{visible(state.name)}  {TOLD[state.state]}"
    if state.returning:
        told += f"; {counted(state.returning, 'file')} that a rollback took out will come again"
    return "\n".join([told, *(f"  {visible(change)}" for change in state.changes)])


def state_json(state: GoalState) -> str:
    """Return the state of a goal as one JSON object."""
    return json.dumps(asdict(state))
