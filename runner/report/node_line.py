"""One line for a node of the build, in dbt's manner.

1 of 6 OK import webshop.orders ...... [1,682 created, 8,198 updated in 0.42s]
"""

from collections.abc import Mapping, Sequence

from rich.text import Text

from runner.errors import counted
from runner.reconciliation import OUTCOMES
from runner.report.printable import printable
from runner.report.quantities import duration, thousands
from runner.result import NodeResult

KINDS = {
    "import_profiles": "import",
    "import_products": "import",
    "import_groups": "import",
    "export_profiles": "export",
    "export_groups": "export",
    "unit_test": "unit test",
}
"""What a node is called where its kind is not its name."""

WORDS = {
    "success": ("OK", "green"),
    "unchanged": ("OK", "green"),
    "pass": ("PASS", "green"),
    "warn": ("WARN", "yellow"),
    "incomplete": ("INCOMPLETE", "red"),
    "skipped": ("SKIP", "yellow"),
    "fail": ("FAIL", "red"),
    "error": ("ERROR", "red"),
}
"""How a status is shown, and its colour."""

SHORT = ("created", "updated", "rejected")
"""The outcomes in the line of a goal; the summary has all."""

FEWEST_DOTS = 3


def called(name: str, kind: str) -> str:
    """Return a node as messages call it: `import webshop.orders`."""
    return printable(f"{KINDS.get(kind, kind)} {name}".strip())


def outcome_parts(outcomes: Mapping[str, int], only: Sequence[str] = OUTCOMES) -> list[str]:
    """Return `1,682 created` and so on, for outcomes that are not zero, in the order of R7."""
    return [
        f"{thousands(outcomes[name])} {name.replace('_', ' ')}"
        for name in OUTCOMES
        if name in only and outcomes.get(name)
    ]


def consent_parts(no_consent: Mapping[str, int]) -> list[str]:
    """Return `2 never asked` and so on, for what was left out for want of consent (C1)."""
    return [
        f"{thousands(count)} {reason.replace('_', ' ')}" for reason, count in no_consent.items()
    ]


def gist(node: NodeResult) -> str:
    """Return what became of a node in a few words, without its message."""
    if node.is_failure or node.status in ("skipped", "pass", "warn"):
        return counted(node.rows, "row") if node.kind == "test" and node.rows else ""
    if node.kind.startswith("import_"):
        if node.status == "unchanged":
            return "nothing new"
        parts = outcome_parts(node.outcomes, SHORT) or outcome_parts(node.outcomes)
        return ", ".join(parts) or "no rows"
    if node.kind == "segment":
        return counted(node.rows, "member")
    if node.kind.startswith("export_"):
        return "nothing new" if node.status == "unchanged" else counted(node.rows, "row")
    return counted(node.rows, "row") if node.rows else ""


def has_news(node: NodeResult) -> bool:
    """Return whether a node has a line of its own in a brief report: a goal with news."""
    is_goal = node.kind.startswith(("import_", "export_"))
    return node.status == "warn" or (is_goal and node.status not in ("unchanged", "skipped"))


def node_line(
    position: str, node: str, status: str, text: str, seconds: float | None, width: int
) -> Text:
    """Return the line of a node, dots filling it up to `width` cells.

    `position` is `1 of 6` or empty, `status` one of NodeResult's or `START`, `text` what
    became of it. The parts must be safe to show.
    """
    word, color = WORDS.get(status, (status.upper(), "cyan"))
    head = Text(f"{position} " if position else "").append(word, color).append(f" {node} ")
    time = "" if seconds is None else f"in {duration(seconds)}"
    tail = Text("[").append(f"{text or word} {time}".strip(), color).append("]")
    dots = max(FEWEST_DOTS, width - head.cell_len - tail.cell_len - 1)
    return head.append("." * dots, "dim").append(" ").append(tail)
