"""A template that Jinja loaded: rendered, each line of its text knows where it was written."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jinja2

LINE = re.compile("\0([0-9]+)\0")
"""The number of a template's line, as it is put into its text."""


@dataclass(frozen=True)
class Rendered:
    """Text made from a template; `lines[i]` is the template line that made text line i."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class LoadedTemplate:
    """A template that Jinja compiled and loaded."""

    jinja: jinja2.Template

    @cached_property
    def _lines(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the template line, and the line of its code, of each statement."""
        template_lines, code_lines = zip(*self.jinja.debug_info or [(1, 0)], strict=True)
        return template_lines, code_lines

    def _line(self, code_line: int) -> int:
        """Return the line of the template that a line of its code was made of."""
        template_lines, code_lines = self._lines
        location = bisect_right(code_lines, code_line)
        return int(template_lines[location - 1]) if location else 1

    def render(self, variables: dict[str, Any]) -> Rendered:
        """Render chunk by chunk, noting which template line each line of text came from."""
        chunks = self.jinja.root_render_func(self.jinja.new_context(variables))
        text: list[str] = []
        is_blank = True
        lines = [1]

        def known() -> int:
            frame = getattr(chunks, "gi_frame", None)
            if frame is None:
                return lines[-1]
            return self._line(frame.f_lineno)

        try:
            for chunk in chunks:
                # Most of what expressions give goes on with a line that is known.
                if not is_blank and "\n" not in chunk and "\0" not in chunk:
                    text.append(chunk)
                    continue
                for line, piece, step in _pieces(chunk, known):
                    if is_blank:
                        lines[-1] = line
                    lines += [line + step * number for number in range(1, 1 + piece.count("\n"))]
                    _, is_ended, last = piece.rpartition("\n")
                    is_blank = not last.strip() and (is_blank or bool(is_ended))
                    text.append(piece)
        except Exception:  # noqa: BLE001 - rewritten by Jinja to point at the template, and raised
            self.jinja.environment.handle_exception()
        return Rendered("".join(text), tuple(lines))


def _pieces(chunk: str, known: Callable[[], int]) -> Iterator[tuple[int, str, int]]:
    """Split what a template gave at the lines put into it.

    Each piece comes with its line, and with how many template lines its own lines are apart:
    none where an expression made it, whose line is `known`.
    """
    if "\0" not in chunk:
        yield known(), chunk, 0
        return
    made, *written = LINE.split(chunk)
    if made:
        yield known(), made, 0
    for number, piece in zip(written[::2], written[1::2], strict=True):
        yield int(number), piece, 1
