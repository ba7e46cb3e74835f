"""Titles and columns of a summary."""

from collections.abc import Sequence
from typing import Literal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

Justify = Literal["left", "right"]

LABEL = 10
"""Cells for `rows`, `profiles` and the like."""

ENDLESS = 100_000
"""Cells of a line that ends nowhere."""

MASKED = "Personal data is shown as its shape: letters as x, digits as 9; --show-pii shows it."
"""Said below what shows a person's data as its shape."""


def print_title(console: Console, title: str, style: str = "bold") -> None:
    """Print the title of a part, an empty line above it."""
    console.print()
    console.print(Text(title, style))


def print_labelled(
    console: Console, label: str, parts: Sequence[str], style: str = "none", indent: int = 0
) -> None:
    """Print parts behind a label, commas between them; no part is broken over two lines."""
    room = console.width - indent - LABEL
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + len(part) + 3 > room:
            lines[-1] += ","
            lines.append(part)
        else:
            lines[-1] += f", {part}"
    for index, line in enumerate(lines):
        head = Text(" " * indent).append((label if index == 0 else "").ljust(LABEL), "dim")
        console.print(head.append(line, style), soft_wrap=True)


def grid(*justify: Justify, folded: int = 0) -> Table:
    """Return a table without lines, two cells between columns; column `folded` may wrap."""
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    for index, side in enumerate(justify):
        is_folded = index == folded
        table.add_column(justify=side, no_wrap=not is_folded, overflow="fold")
    return table


def print_grid(console: Console, table: Table, indent: int) -> None:
    """Print a table, indented, as narrow as it is.

    On a terminal its folded column is wrapped; in a file a row stays one line, for grep.
    """
    padded = Padding(table, (0, 0, 0, indent), expand=False)
    if table.rows and console.is_terminal:
        console.print(padded)
    elif table.rows:
        options = console.options.update_width(ENDLESS)
        for line in console.render_lines(padded, options, pad=False):
            row = Text.assemble(*((part.text, part.style or "") for part in line))
            row.rstrip()
            console.print(row, soft_wrap=True)
