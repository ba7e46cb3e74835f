"""Rows as a transposed table: a line per column, a column per row."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

NARROWEST = 20
"""Cells that a value gets at least, before fewer rows stand side by side."""

BETWEEN = 2
"""Cells between two values."""

INDENT = 4
"""Cells before the names."""

MOST_LABEL = 30
"""Cells that a name takes at most."""

Line = tuple[Text, Sequence[Text]]
"""The name of a column, and its value in each row."""


def print_transposed(console: Console, lines: Sequence[Line]) -> None:
    """Print rows side by side, as many as fit; the others follow below.

    A value that does not fit is cut. The first line is the head.
    """
    if not lines or not lines[0][1]:
        return
    label = min(max(name.cell_len for name, _ in lines), MOST_LABEL)
    room = console.width - INDENT - label
    widths = [max(values[row].cell_len for _, values in lines) for row in range(len(lines[0][1]))]
    start = 0
    while start < len(widths):
        if start:
            console.print()
        shown = _fitting(widths[start:], room)
        for name, values in lines:
            text = Text(" " * INDENT).append_text(_cut(name, label))
            for row, width in enumerate(shown, start):
                text.append(" " * BETWEEN).append_text(_cut(values[row], width))
            text.rstrip()
            console.print(text, soft_wrap=True)
        start += len(shown)


def _fitting(widths: Sequence[int], room: int) -> list[int]:
    """Return the widths of the first rows that fit; rows that are too wide share the rest."""
    count = needed = 0
    for width in widths:
        needed += BETWEEN + min(width, NARROWEST)
        if count and needed > room:
            break
        count += 1
    shown = list(widths[:count])
    free = max(room - BETWEEN * count, count)
    for position, index in enumerate(sorted(range(count), key=lambda index: widths[index])):
        shown[index] = min(widths[index], free // (count - position))
        free -= shown[index]
    return shown


def _cut(text: Text, width: int) -> Text:
    """Return a text of exactly so many cells; a longer one ends in an ellipsis."""
    if cell_len(text.plain) <= width:
        return text + Text(" " * (width - cell_len(text.plain)))
    plain = set_cell_size(text.plain, max(width - 1, 0)).rstrip() + "…"
    return Text(plain + " " * (width - cell_len(plain)), text.style)
