"""What was set aside, on the terminal: where, column, reason, value."""

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from runner.errors import counted
from runner.report.printable import printable

if TYPE_CHECKING:
    from runner.inspect.query import Answer

HEADERS = ("where", "column", "reason", "value")
SHORTEST = 12
"""Cells that a terminal gives to a value at least."""
BETWEEN = "  "


def show_rejects(console: Console, answer: "Answer") -> None:
    """Print a line for each reject, under its goal.

    On a terminal a value is cut where the line ends; elsewhere everything is printed.
    """
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    lines = [(printable(str(row["goal"])), _cells(row)) for row in rows]
    shown = [HEADERS, *(cells for _, cells in lines)]
    widths = [max(cell_len(cells[index]) for cells in shown) for index in range(len(HEADERS) - 1)]
    _print(console, HEADERS, widths, "bold")
    goal = ""
    for name, cells in lines:
        if name != goal:
            console.print(Text(name, "cyan"), soft_wrap=True)
        goal = name
        _print(console, cells, widths)
    console.print(Text(counted(len(rows), "row"), "dim"))


def _cells(row: dict[str, object]) -> tuple[str, ...]:
    line = "" if row["line"] is None else f":{row['line']}"
    column = row["column_name"] or row["property"] or row["column_number"] or ""
    value = "" if row["value"] is None else str(row["value"])
    settled = f", settled by {row['settled_by']}" if "settled_by" in row else ""
    parts = (f"{row['file']}{line}", column, f"{row['reason']}{settled}", value)
    return tuple(printable(str(part)) for part in parts)


def _print(
    console: Console, cells: tuple[str, ...], widths: list[int], style: str = "none"
) -> None:
    *firsts, value = cells
    padded = (
        text + " " * (width - cell_len(text)) for text, width in zip(firsts, widths, strict=True)
    )
    head = BETWEEN.join((*padded, ""))
    room = max(console.width - cell_len(head), SHORTEST)
    if console.is_terminal and cell_len(value) > room:
        value = set_cell_size(value, room - 1).rstrip() + "…"
    line = Text(f"{head}{value}", style)
    line.rstrip()
    console.print(line, soft_wrap=True)
