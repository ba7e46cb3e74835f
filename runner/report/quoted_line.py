"""The line of the project that a message is about, with a caret under the column."""

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from runner.definitions.masked_line import ReadLine, masked_line
from runner.errors import Location
from runner.report.printable import printable

ELLIPSIS = "…"
LEFT_OF_CARET = 20
"""Cells that are shown left of the column when a long line is cut."""


def show_quoted_line(
    console: Console, location: Location, read_line: ReadLine, indent: int = 0
) -> None:
    """Print the source line of a location with a caret under the column, where it can be read."""
    source = quoted_line(location, read_line, console.width - indent)
    for line in source.split("\n") if source else ():
        console.print(Text(" " * indent) + line, soft_wrap=True)


def quoted_line(location: Location, read_line: ReadLine, width: int) -> Text | None:
    """Return the source line with its number, and a caret below; None when it cannot be read.

    A value after a secret's key is shown as `***`, and so are the lines of one that has several,
    and the passwords of URLs. A line longer than `width` is cut around the column; a column in
    the indentation becomes that of the first word.
    """
    line = read_line(location.file, location.line)
    if line is None or not line.strip():
        return None
    line = line.rstrip()
    masked = masked_line(location, line, read_line)
    shown = printable(masked.expandtabs(4))
    # A location without a column points at the first word.
    first = len(masked) - len(masked.lstrip())
    before = printable(masked[: max(location.column - 1, first)].expandtabs(4))
    number = f"{location.line:>5} | "
    room = max(width - len(number), LEFT_OF_CARET * 2)
    shown, column = _cut(shown, len(before), room)
    text = Text.assemble((number, "dim"), shown)
    if location.column <= len(masked):
        indent = " " * (len(number) - 2) + "| " + " " * cell_len(shown[:column])
        text.append(f"\n{indent}", "dim").append("^", "bold red")
    return text


def _cut(shown: str, column: int, room: int) -> tuple[str, int]:
    """Cut a line to `room` characters around the column; returns it and the column there."""
    if len(shown) <= room:
        return shown, column
    start = 0
    if column > room - LEFT_OF_CARET:
        start = column - LEFT_OF_CARET
        shown = ELLIPSIS + shown[start + 1 :]
    if len(shown) > room:
        shown = shown[: room - 1] + ELLIPSIS
    return shown, column - start
