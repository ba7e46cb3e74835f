"""Rows as a text table, and one row as a list of its values."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

from runner.errors import counted
from runner.report.cell import cell_text
from runner.report.printable import printable

WIDEST = 40
"""Cells of a value that a terminal shows; the other formats show all."""

BETWEEN = 2
"""Cells between two columns."""

NULL = "null"


def show_table(console: Console, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Print rows as a table, and how many there are; returns their number.

    On a terminal a value is cut at 40 cells, and the columns that do not fit are named below;
    elsewhere everything is printed, however wide.
    """
    values = [list(row) for row in rows]
    headers = [printable(column) for column in columns]
    cells = [[_cell(value, console.is_terminal) for value in row] for row in values]
    widths = [
        max([cell_len(header), *(row[index].cell_len for row in cells)])
        for index, header in enumerate(headers)
    ]
    shown = _fitting(widths, console.width) if console.is_terminal else len(headers)
    is_number = [_is_numeric([row[index] for row in values]) for index in range(shown)]
    titles = [Text(header, "bold") for header in headers[:shown]]
    rules = [Text("─" * width) for width in widths[:shown]]
    for line in (titles, rules, *cells) if headers else ():
        console.print(_line(line[:shown], widths, is_number), soft_wrap=True)
    _footer(console, len(values), headers[shown:])
    return len(values)


def show_record(console: Console, values: Sequence[tuple[str, object]]) -> None:
    """Print one row as a list: a name and its value per line, nothing cut."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in values:
        table.add_row(Text(printable(name)), _cell(value, is_cut=False))
    console.print(table)


def _cell(value: object, is_cut: bool) -> Text:
    if value is None:
        return Text(NULL, "dim")
    text = printable(cell_text(value))
    if is_cut and cell_len(text) > WIDEST:
        text = set_cell_size(text, WIDEST - 1).rstrip() + "…"
    return Text(text)


def _line(cells: Sequence[Text], widths: Sequence[int], is_number: Sequence[bool]) -> Text:
    """Return cells side by side, numbers to the right."""
    line = Text()
    for index, cell in enumerate(cells):
        gap = " " * (widths[index] - cell.cell_len)
        line.append(" " * BETWEEN if index else "")
        line.append(gap if is_number[index] else "").append(cell)
        line.append("" if is_number[index] else gap)
    line.rstrip()
    return line


def _is_numeric(values: Sequence[object]) -> bool:
    present = [value for value in values if value is not None]
    return bool(present) and all(
        isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
        for value in present
    )


def _fitting(widths: Sequence[int], room: int) -> int:
    """Return how many columns fit, one at least."""
    used = 0
    for index, width in enumerate(widths):
        used += width + (BETWEEN if index else 0)
        if used > room:
            return max(index, 1)
    return len(widths)


def _footer(console: Console, count: int, hidden: Sequence[str]) -> None:
    console.print(Text(counted(count, "row"), "dim"))
    if hidden:
        more = counted(len(hidden), "more column")
        console.print(Text(f"{more}: {', '.join(hidden)}", "dim"))
