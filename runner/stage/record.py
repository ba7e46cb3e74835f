"""One record, read from where it begins."""

import re
from typing import Literal, NamedTuple

from runner.stage.dialect import Dialect
from runner.stage.text_window import LINE_END, LONGEST_RECORD

# A record of more lines counts as one whose quote was never closed.
MOST_LINES = 1000
# Extra fields after which reading on is pointless.
MOST_EXTRA = 20

Flaw = Literal["", "text_after_quote", "unclosed_quote", "too_many_fields"]


class Record(NamedTuple):
    """The fields of a record and where it ends, or the flaw at which reading stopped."""

    # Where there is a flaw: the fields before it.
    fields: list[str]
    # Position after the record's line end; of the flaw where there is one.
    end: int
    flaw: Flaw = ""
    # Whether a field that no quote opens has one inside.
    has_bare_quote: bool = False


class RecordParser:
    """Reads records of one dialect, by the rules that the engine has for it.

    A field is quoted when it begins with the quote, or with one space and the quote; a quote
    further on is a character like others. Spaces may follow the closing quote; another quote
    after them opens the value again, and what lies between belongs to it. Where the escape is
    a backslash, it makes a quote, a backslash or a separator after it a character like others.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._separator = dialect.separator
        self._quote = dialect.quote
        self._is_doubled = dialect.escape == dialect.quote
        self._is_backslash = dialect.escape == "\\"
        self._has_space = dialect.separator != " "
        separator, quote = re.escape(dialect.separator), re.escape(dialect.quote)
        escapable = rf"\\|{separator}" + (f"|{quote}" if quote else "")
        # Group 1: an escaped character; group 2: a separator. Else: a line end.
        escaped = rf"\\({escapable})" if self._is_backslash else "((?!))"
        self._stop = re.compile(rf"{escaped}|({separator})|\r\n|\n|\r")
        # Group 1: an escaped character. Else: the closing quote.
        self._closing = re.compile(rf"\\(\\|{quote})|{quote}")
        special = rf"\\{quote}" if self._is_backslash else quote
        self._run_end = re.compile(rf"[{special}\r\n]")

    def parse(self, text: str, start: int, columns: int) -> Record:
        """Read the record that begins at `start`; `columns` is how many fields are expected."""
        fields: list[str] = []
        at = start
        lines = 0
        has_bare_quote = False
        while True:
            at, is_end = self._run(text, at, fields)
            if is_end:
                return Record(fields, at, "", has_bare_quote)
            opening = self._opening(text, at)
            if opening < 0:
                value, at, is_more = self._bare(text, at)
                has_bare_quote |= bool(self._quote) and self._quote in value
            else:
                value, at, flaw = self._quoted(text, opening, start + LONGEST_RECORD)
                lines += value.count("\n") or value.count("\r")
                if flaw or lines >= MOST_LINES:
                    return Record(fields, at, flaw or "unclosed_quote")
                is_more = text.startswith(self._separator, at)
                at = at + len(self._separator) if is_more else _after_end(text, at)
            fields.append(value)
            if not is_more:
                return Record(fields, at, "", has_bare_quote)
            if len(fields) > columns + MOST_EXTRA:
                return Record(fields, at, "too_many_fields")

    def _run(self, text: str, at: int, fields: list[str]) -> tuple[int, bool]:
        """Take the fields before the next quote or backslash, or to the line's end without one.

        Returns where the field with that mark begins, or the next line and true.
        """
        stop = self._run_end.search(text, at)
        end = stop.start() if stop else len(text)
        run = text[at:end].split(self._separator)
        if stop is None or stop[0] in "\r\n":
            fields += run
            return _after_end(text, end), True
        fields += run[:-1]
        return end - len(run[-1]), False

    def _opening(self, text: str, at: int) -> int:
        """Return the position after the quote that opens the field at `at`; -1 without one."""
        if not self._quote:
            return -1
        if text.startswith(self._quote, at):
            return at + 1
        if self._has_space and text.startswith(" " + self._quote, at):
            return at + 2
        return -1

    def _bare(self, text: str, at: int) -> tuple[str, int, bool]:
        """Return a field without quotes, where the next one begins, and whether there is one."""
        pieces: list[str] = []
        while True:
            stop = self._stop.search(text, at)
            pieces.append(text[at : stop.start()] if stop else text[at:])
            if stop is None or not stop[1]:
                end = stop.end() if stop else len(text)
                return "".join(pieces), end, bool(stop and stop[2])
            pieces.append(stop[1])
            at = stop.end()

    def _quoted(self, text: str, at: int, reach: int) -> tuple[str, int, Flaw]:
        """Return the value whose opening quote ends at `at`, and the position after it all."""
        value, at = self._inside(text, at, reach)
        while at >= 0:
            after = at
            while self._has_space and text.startswith(" ", after):
                after += 1
            if after > at and text.startswith(self._quote, after):
                more, next_at = self._inside(text, after + 1, reach)
                value, at = value + text[at:after] + more, next_at
                continue
            is_end = after == len(text) or text.startswith((self._separator, "\n", "\r"), after)
            return value, after, "" if is_end else "text_after_quote"
        return "", at, "unclosed_quote"

    def _inside(self, text: str, at: int, reach: int) -> tuple[str, int]:
        """Return what stands before the closing quote, and the position after it; -1 if none."""
        pieces: list[str] = []
        while (end := text.find(self._quote, at, reach)) >= 0:
            if self._is_backslash:
                mark = self._closing.search(text, at, reach)
                if mark is None or not mark[1]:
                    return "".join([*pieces, text[at:end]]), end + 1
                pieces += (text[at : mark.start()], mark[1])
                at = mark.end()
            elif self._is_doubled and text.startswith(self._quote, end + 1):
                pieces.append(text[at : end + 1])
                at = end + 2
            else:
                return "".join([*pieces, text[at:end]]), end + 1
        return "", -1


def _after_end(text: str, at: int) -> int:
    """Return the position after the line end at `at`, where the text may end instead."""
    end = LINE_END.match(text, at)
    return end.end() if end else at
