"""The line of the project that a message is about, with a caret under the column."""

import re
from collections.abc import Callable

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from runner.errors import Location
from runner.report.printable import printable
from runner.secret_values import HIDDEN, without_passwords

ReadLine = Callable[[str, int], str | None]
"""Returns a line (from 1) of a file of the project, or None where it cannot be read."""

SECRET = re.compile(
    r"(?P<key>[\w-]*(?:password|passphrase|secret|token|private_key|account_key|access_key|api_key"
    r"|credential|connection_string|sas_|webhook)[\w-]*)(?P<colon>[\"']?\s*:\s*)(?P<value>\S.*)",
    re.IGNORECASE,
)
OPTION = re.compile(r"(?P<key>\bkey)(?P<colon>[\"']?\s*:\s*)(?P<value>\S.*)")
"""The key of an account, below `options`; elsewhere `key` names columns."""
OPENED = re.compile(r"\s*(?:- +)*(?P<key>[\w-]+)[\"']?\s*:\s*([|>]|\s*(#|$))")
"""A line whose value begins on the next one."""
ENCODED = re.compile(r"[A-Za-z0-9+/=_-]{40,}|-----BEGIN .*")
"""A line of a key, or of something else that is encoded."""
FROM_ENVIRONMENT = re.compile(
    r"[\"']?\{\{\s*env_var\(\s*['\"]\w*['\"]\s*\)\s*\}\}[\"']?\s*[,}]*\s*(#.*)?"
)
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
    masked = _masked(line, _owner(location, line, read_line))
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


def _owner(location: Location, line: str, read_line: ReadLine) -> str:
    """Return the key that a line belongs to: of the nearest line above that is indented less."""
    depth = len(line) - len(line.lstrip())
    for number in range(location.line - 1, 0, -1):
        above = read_line(location.file, number) or ""
        if above.strip() and len(above) - len(above.lstrip()) < depth:
            opened = OPENED.match(above)
            return opened["key"] if opened else ""
    return ""


def _masked(line: str, owner: str) -> str:
    indented = line[: len(line) - len(line.lstrip())]
    if ENCODED.fullmatch(line.strip()) or (
        SECRET.match(f"{owner}: value") and not FROM_ENVIRONMENT.fullmatch(line.strip(" -"))
    ):
        return indented + HIDDEN
    found = SECRET.search(line)
    is_option = owner == "options" or "options" in line.partition("key")[0]
    if not found and is_option:
        found = OPTION.search(line)
    if found and not FROM_ENVIRONMENT.fullmatch(found["value"]):
        line = line[: found.start("value")] + HIDDEN
    return without_passwords(line)


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
