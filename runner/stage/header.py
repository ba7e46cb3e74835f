"""The names of a file's columns."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from runner.errors import StageError
from runner.stage.dialect import Dialect
from runner.stage.record import RecordParser
from runner.stage.text_window import BYTE_ORDER_MARK as MARK
from runner.stage.text_window import ODD, TextWindow, line_count_of

BLANK_LINES = re.compile(r"[\r\n]*")


@dataclass(frozen=True)
class Header:
    """Where the data begins, and what its columns are called."""

    # Unique, also when case is ignored; empty when there is no line to take them from.
    names: tuple[str, ...]
    # Physical lines before the data.
    data_from: int
    # The names as they are written or stated, trimmed; empty where nothing names the columns.
    written: tuple[str, ...] = ()
    # Whether the names are on one physical line, or on none.
    is_plain: bool = True

    @property
    def least(self) -> int:
        """Return how many fields a line must have: it may lack those without a name."""
        named = [number for number, name in enumerate(self.written, 1) if name]
        return named[-1] if named else len(self.names)


def read_header(window: TextWindow, dialect: Dialect, name: str) -> Header:
    """Pass the lines to skip and the header; the window is then at the data.

    With `header: true` the first line that is not blank names the columns; with a list nothing
    is read; without a header the columns of the first line are counted, and it stays data.
    Raises StageError, with `name`, when the line of names cannot be read.
    """
    passed = 0
    while passed < dialect.skip_lines and window.pass_line():
        passed += 1
    if isinstance(dialect.header, tuple):
        return Header(unique_names(dialect.header), passed, _trimmed(dialect.header))
    if not dialect.header:
        return Header(_counted_names(window, dialect), passed)
    while window.fill() and not window.line().strip().strip(MARK):
        window.pass_line()
        passed += 1
    if not window.fill():
        return Header((), passed)
    return _named(window, dialect, passed, name)


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names trimmed and unique, also when case is ignored.

    The second `id` becomes `id_2`; an empty name becomes `column_<n>`, counted from 1.
    """
    wanted = [name.strip() or f"column_{number}" for number, name in enumerate(names, 1)]
    taken = {name.lower() for name in wanted}
    seen: set[str] = set()
    unique = []
    for name in wanted:
        made, number = name, 1
        while made.lower() in seen or (number > 1 and made.lower() in taken):
            number += 1
            made = f"{name}_{number}"
        seen.add(made.lower())
        unique.append(made)
    return tuple(unique)


def _named(window: TextWindow, dialect: Dialect, passed: int, name: str) -> Header:
    _pass_marks(window)
    record = RecordParser(dialect).parse(window.text, window.at, len(window.text))
    raw = window.text[window.at : record.end]
    where = f"{name}: line {passed + 1}, which names the columns,"
    if "\0" in raw:
        raise StageError(
            f"{where} has a NUL (U+0000)",
            hint="a file of UTF-16 has many: state `encoding: utf-16` in its `format`",
        )
    if ODD.search(raw):
        raise StageError(
            f"{where} has bytes that are not {dialect.encoding}",
            hint="state the file's `encoding`, such as windows-1252 or utf-16, in its `format`",
        )
    if record.flaw:
        raise StageError(
            f"{where} cannot be read: {record.flaw.replace('_', ' ')}",
            hint="state `quote`, `separator`, `skip_lines` and `header` in its `format`",
        )
    lines = line_count_of(raw)
    window.at = record.end
    written = _trimmed(record.fields)
    return Header(unique_names(written), passed + lines, written, lines == 1)


def _pass_marks(window: TextWindow) -> None:
    """Pass byte order marks before the names, of files that were put together."""
    while window.text.startswith(MARK, window.at):
        window.at += 1


def _trimmed(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip() for name in names)


def _counted_names(window: TextWindow, dialect: Dialect) -> tuple[str, ...]:
    """Count the columns of the first line that is not blank, without passing anything."""
    if window.fill():
        _pass_marks(window)
    blank = BLANK_LINES.match(window.text, window.at) if window.fill() else None
    start = blank.end() if blank else window.at
    if start == len(window.text):
        return ()
    record = RecordParser(dialect).parse(window.text, start, len(window.text))
    return unique_names("" for _ in record.fields or [""])
