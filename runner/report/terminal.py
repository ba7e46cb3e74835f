"""Where text goes: a console over a stream, with colours where they are wanted."""

import io
import os
from typing import TextIO

from rich.console import Console
from rich.text import Text

HANGING = 2
"""Cells by which the further lines of a text are indented."""


def open_console(stream: TextIO, use_colors: bool = True) -> Console:
    """Return a console that shows text as it is: no markup, no emoji codes, no highlighting.

    Colours are left out for `use_colors=False`, when the environment sets NO_COLOR
    (no-color.org), and where the stream is no terminal. A character that the stream's encoding
    lacks is written out instead of failing.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    is_plain = not use_colors or bool(os.environ.get("NO_COLOR"))
    return Console(
        file=stream,
        color_system=None if is_plain else "auto",
        markup=False,
        emoji=False,
        highlight=False,
    )


def has_bars(console: Console) -> bool:
    """Return whether lines of the console can be drawn again: a terminal, and no dumb one."""
    return console.file.isatty() and console.is_interactive


def print_indented(console: Console, text: Text, indent: int = 0) -> None:
    """Print text, its further lines two cells deeper.

    On a terminal it is wrapped between words; in a file a line stays one line, for grep.
    """
    room = max(console.width - indent - HANGING, HANGING)
    for index, line in enumerate(text.split("\n", allow_blank=True)):
        parts = line.wrap(console, room) if console.is_terminal else [line]
        for number, part in enumerate(parts):
            part.rstrip()
            margin = indent + (HANGING if index or number else 0)
            console.print(Text(" " * margin) + part, soft_wrap=True)
