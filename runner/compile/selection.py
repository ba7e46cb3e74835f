"""Which nodes a command runs: dbt's selection, with methods for connections and goals."""

import fnmatch
import re
from collections.abc import Callable, Iterable, Sequence

from runner.compile.graph import Graph, Node
from runner.definitions.selector import CONFIG, Selection, unknown_method
from runner.errors import UsageError, choices, nearest

METHODS: dict[str, Callable[[Node, str], bool]] = {
    "tag": lambda node, value: value in node.tags,
    "connection": lambda node, value: fnmatch.fnmatchcase(node.connection, value),
    "goal": lambda node, value: bool(node.connection) and _is_named(node, value),
    "segment": lambda node, value: node.kind == "segment" and _is_named(node, value),
    "path": lambda node, value: node.path == value or node.path.startswith(value.rstrip("/") + "/"),
    "resource_type": lambda node, value: node.kind.startswith(value),
    "state": lambda node, value: bool(node.state) and node.state == value,
    "result": lambda node, value: bool(node.result) and node.result == value,
    "fqn": lambda node, value: _is_named(node, value),
}

STATES = ("state:new", "state:modified", "state:unchanged")
RESULTS = ("error", "fail", "warn", "skipped", "success", "pass", "partial success")
"""How a node ends, as run_results.json has it."""
MAY_BE_NONE = (*STATES, *(f"result:{status}" for status in RESULTS))
"""Selectors that may well fit nothing: that is what they are asked."""


SELECTOR_METHOD = "selector:"
EXPOSURE_METHOD = "exposure:"
NAMED = re.compile(rf"{SELECTOR_METHOD}([^+,\s]+)")


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
    for name in wanted:
        # What a selector excludes stays out, also tests of what it selects.
        selection = graph.selectors.get(name.removeprefix(SELECTOR_METHOD))
        if selection and name.startswith(SELECTOR_METHOD):
            chosen -= set().union(*(_defined(graph, part) for part in selection.excluded))
    chosen -= _union(graph, exclude)
    return [node for node in graph.nodes.values() if node.name in chosen and node.enabled]


def or_default(graph: Graph, select: Sequence[str], exclude: Sequence[str] = ()) -> Sequence[str]:
    """Return what is selected; where nothing is, and nothing left out, the default selector."""
    if graph.default_selector and not select and not exclude:
        return (f"{SELECTOR_METHOD}{graph.default_selector}",)
    return select


def asks_for(graph: Graph, method: str, selectors: Iterable[str]) -> bool:
    """Tell whether selectors use a method: `state` or `result`, also in selectors with a name."""
    waiting, seen = [*selectors], set[str]()
    while waiting:
        text = waiting.pop()
        seen.add(text)
        if f"{method}:" in text:
            return True
        for name in NAMED.findall(text):
            if name in graph.selectors:
                waiting += {*graph.selectors[name].texts} - seen
    return False


def _defined(graph: Graph, selection: Selection) -> set[str]:
    """Return the nodes that a definition of selectors.yml selects."""
    if selection.kind == "text":
        return _selected(graph, selection.text)
    found = [_defined(graph, part) for part in selection.parts]
    joined = set.union if selection.kind == "union" else set.intersection
    chosen = joined(*found) if found else set()
    return chosen.difference(*(_defined(graph, part) for part in selection.excluded))


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
    if pattern.startswith(EXPOSURE_METHOD):
        return _of_exposures(graph, selector, parts["above"] or "", pattern)
    if pattern.startswith(SELECTOR_METHOD):
        matched = _named(graph, pattern.removeprefix(SELECTOR_METHOD))
    else:
        matched = {node.name for node in graph.nodes.values() if _matches(node, pattern)}
    if not matched and (pattern in MAY_BE_NONE or pattern.startswith(SELECTOR_METHOD)):
        return set()
    if not matched:
        names = [*graph.nodes, *(name.split(".")[-1] for name in graph.nodes), *MAY_BE_NONE]
        names += {
            f"config.{key}:{pattern.partition(':')[2]}"
            for node in graph.nodes.values()
            for key in node.config
        }
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


def _of_exposures(graph: Graph, selector: str, above: str, pattern: str) -> set[str]:
    """Return what exposures use: an exposure itself is nothing that runs."""
    name = pattern.removeprefix(EXPOSURE_METHOD)
    used = [nodes for key, nodes in graph.exposures.items() if fnmatch.fnmatchcase(key, name)]
    if not used:
        known = choices(graph.exposures) or "none"
        guess = nearest(name, graph.exposures)
        raise UsageError(f"nothing is selected by '{selector}'.{guess} Exposures: {known}")
    steps = _steps(above)
    if not above or steps == 0:
        return set()
    found = {node for nodes in used for node in nodes}
    beyond = None if steps is None else steps - 1
    return found.union(*(graph.upstream(node, beyond) for node in found))


def _steps(written: str) -> int | None:
    """Return the number beside a `+`; None for any number of steps."""
    number = written.strip("+")
    return int(number) if number else None


def _matches(node: Node, pattern: str) -> bool:
    method, colon, value = pattern.partition(":")
    if not colon:
        return _is_named(node, pattern)
    if message := unknown_method(method):
        raise UsageError(message)
    if method.startswith(CONFIG):
        return _is_configured(node, method.removeprefix(CONFIG), value)
    return METHODS[method](node, value)


def _named(graph: Graph, name: str) -> set[str]:
    """Return what a selector of selectors.yml selects."""
    if name not in graph.selectors:
        known = choices(graph.selectors) or "none, in selectors.yml"
        raise UsageError(
            f"there is no selector '{name}'.{nearest(name, graph.selectors)} Declared: {known}"
        )
    return _defined(graph, graph.selectors[name])


def _is_configured(node: Node, key: str, value: str) -> bool:
    """Tell whether a node has a value in its configuration, or in a list there."""
    found = node.config.get(key)
    values = found if isinstance(found, list | tuple) else [found]
    return found is not None and value.lower() in (str(item).lower() for item in values)


def _is_named(node: Node, pattern: str) -> bool:
    return fnmatch.fnmatchcase(node.name, pattern) or (
        bool(node.connection) and fnmatch.fnmatchcase(node.name.split(".", 1)[1], pattern)
    )
