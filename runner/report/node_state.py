"""The report of `runner ls --state`: states of goals, models, segments and exports."""

import json
from dataclasses import asdict

from runner.errors import counted
from runner.report.printable import printable
from runner.state.node_state import NodeState

TEXTS = {
    "import": {
        "new": "new, nothing was imported yet",
        "modified": "modified, imported again:",
        "unchanged": "unchanged",
        "gone": "gone: no longer declared; a full refresh leaves out what it imported",
    },
    "model": {
        "new": "new, not built yet",
        "modified": "modified since it was built:",
        "unchanged": "unchanged",
    },
    "export": {
        "new": "new, not exported yet",
        "modified": "modified since it was exported:",
        "unchanged": "unchanged",
    },
}


def state_text(state: NodeState) -> str:
    """Return how a node stands to what it was when it last ran."""
    text = TEXTS[state.kind][state.state]
    if state.returning:
        files = counted(state.returning, "file")
        text += f"; {files} that a rollback undid will be imported again"
    return text


def show_state(state: NodeState) -> str:
    """Return the state of a node, and a line for each change of its definition."""
    head = f"{printable(state.name)}  {state_text(state)}"
    return "\n".join([head, *(f"  {printable(change)}" for change in state.changes)])


def state_json(state: NodeState) -> str:
    """Return the state of a node as one JSON object."""
    return json.dumps(asdict(state))
