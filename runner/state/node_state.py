"""How nodes stand to what they were when they last ran: `runner ls --state`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from runner.compile.graph import Graph

State = Literal[
    # Never imported, built or exported yet.
    "new",
    # Its definition is another one than when it last ran.
    "modified",
    "unchanged",
    # It ran before, and is no longer declared.
    "gone",
]


@dataclass(frozen=True)
class NodeState:
    """How a node stands to what it was when it last ran."""

    name: str
    state: State
    # What changed in its definition, with places.
    changes: tuple[str, ...] = ()


def with_states(graph: Graph, states: Iterable[NodeState]) -> Graph:
    """Return a graph whose nodes have their states, for `--select state:modified`."""
    return graph.with_states({state.name: state.state for state in states})
