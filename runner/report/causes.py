"""What went wrong in a build, by cause: one message for all nodes that it touches."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from runner.errors import counted
from runner.report.node_line import KINDS, called
from runner.report.printable import printable
from runner.result import BuildResult, NodeResult

MOST_NAMES = 4
"""Nodes that a message names; of more, their number by kind."""


def failures(nodes: Sequence[NodeResult]) -> Iterable[Sequence[NodeResult]]:
    """Give the nodes that ended with one error, such as all goals of a server that is down."""
    return _grouped((node, _cause(node)) for node in nodes if node.is_error)


def skips(nodes: Sequence[NodeResult]) -> Iterable[Sequence[NodeResult]]:
    """Give the nodes that were skipped for one reason, which the first of them has.

    A node below a skipped one was skipped for the reason of that one.
    """
    by_name = {node.name: node for node in nodes}
    skipped = [node for node in nodes if node.status == "skipped"]
    return _grouped((node, _reason(node, by_name)) for node in skipped)


def warnings(result: BuildResult) -> Mapping[str, Sequence[NodeResult]]:
    """Return each warning with the nodes that have it; none for one of the whole build."""
    found: dict[str, list[NodeResult]] = {warning: [] for warning in result.warnings}
    for node in result.nodes:
        of_test = [located(node)] if node.status == "warn" else []
        for warning in dict.fromkeys((*node.warnings, *of_test)):
            found.setdefault(warning, []).append(node)
    return found


def located(node: NodeResult) -> str:
    """Return the message of a node with its location in front, once."""
    message = node.message or counted(node.rows, "row")
    if node.location is None or message.startswith(str(node.location)):
        return message
    return f"{node.location}: {message}"


def names(nodes: Sequence[NodeResult], most: int = MOST_NAMES) -> str:
    """Return nodes as messages call them: `import shop.a, shop.b`.

    Of more than `most`, only how many of each kind: `12 tests, 1 model`.
    """
    ordered = sorted(nodes, key=_word)
    if len(nodes) == 1:
        return called(nodes[0].name, nodes[0].kind)
    groups = [(word, list(group)) for word, group in groupby(ordered, key=_word)]
    if len(nodes) > most:
        return ", ".join(counted(len(group), word) for word, group in groups)
    return ", ".join(
        f"{word} {', '.join(printable(node.name) for node in group)}" for word, group in groups
    )


def _word(node: NodeResult) -> str:
    return KINDS.get(node.kind, printable(node.kind))


def _cause(node: NodeResult) -> object:
    return (node.status, node.cause) if node.cause else (node.status, node.message, node.location)


def _reason(node: NodeResult, by_name: Mapping[str, NodeResult]) -> str:
    """Return the message of the node that was skipped first."""
    seen = {node.name}
    above = by_name.get(node.blocked_by)
    while above is not None and above.status == "skipped" and above.name not in seen:
        seen.add(above.name)
        node, above = above, by_name.get(above.blocked_by)
    return node.message


def _grouped(nodes: Iterable[tuple[NodeResult, object]]) -> Iterable[Sequence[NodeResult]]:
    found: dict[object, list[NodeResult]] = {}
    for node, cause in nodes:
        found.setdefault(cause, []).append(node)
    return found.values()
