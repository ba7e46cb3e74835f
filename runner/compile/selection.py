"""Which nodes a command runs: dbt's selection, with methods for connections and goals."""

import fnmatch
import re
from collections.abc import Callable, Iterable

from runner.compile.graph import Graph, Node
from runner.errors import UsageError, choices, nearest

METHODS: dict[str, Callable[[Node, str], bool]] = {
    "tag": lambda node, value: value in node.tags,
    "connection": lambda node, value: fnmatch.fnmatchcase(node.connection, value),
    "goal": lambda node, value: bool(node.connection) and _is_named(node, value),
    "segment": lambda node, value: node.kind == "segment" and _is_named(node, value),
    "path": lambda node, value: node.path == value or node.path.startswith(value.rstrip("/") + "/"),
    "resource_type": lambda node, value: node.kind.startswith(value),
    "state": lambda node, value: bool(node.state) and node.state == value,
}

STATES = ("state:new", "state:modified", "state:unchanged")
"""Selectors that may well fit nothing: that is what they are asked."""


def select_nodes(graph: Graph, select: Iterable[str], exclude: Iterable[str] = ()) -> list[Node]:
    """Return the selected nodes in the order in which they run.

    Several selectors are a union, a comma between methods an intersection, `+` before or
    after a name adds what it depends on, or what depends on it; a number beside it says how many
    steps. `@` before a name adds what depends on it, and what all of that depends on. A test runs
    where all that it tests is selected, a unit test with its model. Raises UsageError where a
    selector fits nothing.
    """
    wanted = list(select)
    chosen = _union(graph, wanted) if wanted else set(graph.nodes)
    if wanted:
        chosen |= {
            node.name
            for node in graph.nodes.values()
            if (node.kind == "test" and node.depends_on and set(node.depends_on) <= chosen)
            or (node.kind == "unit_test" and node.tested in chosen)
        }
    chosen -= _union(graph, exclude)
    return [node for node in graph.nodes.values() if node.name in chosen and node.enabled]


def asks_for_state(select: Iterable[str], exclude: Iterable[str]) -> bool:
    """Tell whether a selection needs the states of goals."""
    return any("state:" in selector for selector in (*select, *exclude))


def _union(graph: Graph, selectors: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for selector in selectors:
        for part in selector.split():
            found |= set.intersection(*(_selected(graph, item) for item in part.split(",")))
    return found


SELECTOR = re.compile(r"(?P<at>@)?(?P<above>[0-9]*\+)?(?P<pattern>.*?)(?P<below>\+[0-9]*)?")
"""`@vip`, `2+vip`, `vip+1`: what is selected, and how far above and below."""


def _selected(graph: Graph, selector: str) -> set[str]:
    parts = SELECTOR.fullmatch(selector)
    assert parts is not None
    pattern = parts["pattern"]
    matched = {node.name for node in graph.nodes.values() if _matches(node, pattern)}
    if not matched and pattern in STATES:
        return set()
    if not matched:
        names = [*graph.nodes, *(name.split(".")[-1] for name in graph.nodes), *STATES]
        raise UsageError(f"nothing is selected by '{selector}'.{nearest(pattern, names)}")
    found = set(matched)
    for name in matched:
        if parts["above"]:
            found |= graph.upstream(name, _steps(parts["above"]))
        if parts["below"] or parts["at"]:
            found |= graph.downstream(name, _steps(parts["below"] or ""))
    # `@`: all that is needed to build what is below.
    above = (graph.upstream(name) for name in found if parts["at"])
    return found.union(*above)


def _steps(written: str) -> int | None:
    """Return the number beside a `+`; None for any number of steps."""
    number = written.strip("+")
    return int(number) if number else None


def _matches(node: Node, pattern: str) -> bool:
    method, colon, value = pattern.partition(":")
    if not colon:
        return _is_named(node, pattern)
    if method not in METHODS:
        raise UsageError(
            f"unknown selection method '{method}'.{nearest(method, METHODS)}"
            f" Allowed: {choices(METHODS)}"
        )
    return METHODS[method](node, value)


def _is_named(node: Node, pattern: str) -> bool:
    return fnmatch.fnmatchcase(node.name, pattern) or (
        bool(node.connection) and fnmatch.fnmatchcase(node.name.split(".", 1)[1], pattern)
    )
