"""What was written in the files of a project, with line numbers and without secrets."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from runner.definitions.masked_line import masked_line
from runner.errors import Location

MOST_LINES, MOST_CHARACTERS = 2_000, 2_000
"""Lines of one definition that are shown, and characters of one line."""


@dataclass(frozen=True)
class WrittenText:
    """Lines of a file of the project."""

    file: str
    # The number of the first line.
    first: int
    lines: tuple[str, ...]


class WrittenFiles:
    """Reads definitions from the files of a project; each file is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lines = cache(self._read)

    def whole(self, file: str) -> WrittenText | None:
        """Return all lines of a file; None where it cannot be read."""
        lines = self._lines(file)
        return self._text(file, 0, len(lines)) if lines else None

    def part(self, location: Location) -> WrittenText | None:
        """Return the YAML that begins at a location, with the key that it belongs to.

        A declaration at the left margin is the whole file. None where it cannot be read.
        """
        lines = self._lines(location.file)
        if not 0 < location.line <= len(lines):
            return None
        first = _key_line(lines, location)
        if not _indent(lines[first]) and not lines[first].startswith("-"):
            return self.whole(location.file) if location.column == 1 else None
        return self._text(location.file, first, _end(lines, first))

    def line(self, location: str) -> str:
        """Return the line at `file:line:column`; empty where it cannot be read."""
        file, _, rest = location.partition(":")
        number = rest.partition(":")[0]
        found = self._line(file, int(number)) if number.isdecimal() else None
        return masked_line(Location(file, int(number)), found, self._line) if found else ""

    def _text(self, file: str, first: int, end: int) -> WrittenText:
        end = min(end, first + MOST_LINES)
        numbered = enumerate(self._lines(file)[first:end], first + 1)
        return WrittenText(
            file,
            first + 1,
            tuple(
                masked_line(Location(file, number), line, self._line) for number, line in numbered
            ),
        )

    def _line(self, file: str, number: int) -> str | None:
        lines = self._lines(file)
        return lines[number - 1] if 0 < number <= len(lines) else None

    def _read(self, file: str) -> tuple[str, ...]:
        path = (self._root / file).resolve()
        if not path.is_relative_to(self._root.resolve()):
            return ()
        try:
            return tuple(map(_cut, path.read_text(encoding="utf-8-sig").splitlines()))
        except (OSError, ValueError):
            return ()


def _cut(line: str) -> str:
    return line if len(line) <= MOST_CHARACTERS else f"{line[: MOST_CHARACTERS - 1]}…"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _key_line(lines: Sequence[str], location: Location) -> int:
    """Return the index of the line with the key whose value begins at a location."""
    first = location.line - 1
    base = _indent(lines[first])
    if location.column - 1 != base or lines[first][base : base + 1] in ("-", ""):
        return first
    for number in range(first - 1, -1, -1):
        above = lines[number].strip()
        if above and not above.startswith("#"):
            return number if _indent(lines[number]) < base else first
    return first


def _end(lines: Sequence[str], first: int) -> int:
    """Return the index after the last line that belongs to the block that begins at `first`."""
    base, end = _indent(lines[first]), first + 1
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        if _indent(line) <= base and line.strip()[0] not in "]}":
            break
        end = number + 1
    return end
