"""One record, read from where it begins."""

import re
from typing import Literal, NamedTuple

from runner.stage.dialect import Dialect
from runner.stage.text_window import LINE_END, LONGEST_RECORD

# A record of more lines is set aside, to its end.
MOST_LINES = 1000
# Values of several lines after which a record with a bare quote in a doubtful place is given up.
MOST_DOUBTFUL = 2
# Extra fields after which reading on is pointless.
MOST_EXTRA = 20

Flaw = Literal["", "text_after_quote", "unclosed_quote", "too_many_fields", "too_many_lines"]


class Record(NamedTuple):
    """The fields of a record and where it ends, or the flaw at which reading stopped."""

    # Where there is a flaw: the fields before it.
    fields: list[str]
    # Position after the record's line end, also of one with too many lines; of another flaw.
    end: int
    flaw: Flaw = ""
    # Whether a field that no quote opens has one inside.
    has_bare_quote: bool = False
    # Number of the bare field that lost the separator before its quote; 0 for none.
    torn: int = 0


class RecordParser:
    """Reads records of one dialect, by the rules that the engine has for it.

    A field is quoted when it begins with the quote, or with one space and the quote; a quote
    further on is a character like others. Spaces may follow the closing quote. Where the escape
    is a backslash, it makes a quote, a backslash or a separator after it a character like others.

    A separator lost before a quoted value shifts columns without a flaw: `5"Table, round"` is two
    bare fields, the first with a quote inside, the second with one at its end. `torn` is then the
    number of the first.
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

    def parse(
        self,
        text: str,
        start: int,
        columns: int,
        *,
        is_doubtful: bool = False,
        longest: int = LONGEST_RECORD,
    ) -> Record:
        """Read the record that begins at `start`; `columns` is how many fields are expected.

        In a doubtful place, where a quote before it closed too late, a record with a bare quote is
        set aside in any case, and is not followed for long. A quote must be closed within `longest`
        characters of the beginning.
        """
        fields: list[str] = []
        at = start
        lines = long_values = 0
        bare = _BareQuotes(self._quote)
        while True:
            at, is_end = self._run(text, at, fields)
            if is_end:
                break
            opening = self._opening(text, at)
            if opening < 0:
                value, at, is_more = self._bare(text, at)
                bare.add(value, len(fields))
            else:
                value, at, flaw = self._quoted(text, opening, start + longest)
                value_lines = value.count("\n") or value.count("\r")
                lines += value_lines
                long_values += bool(value_lines)
                if is_doubtful and bare.is_found and long_values > MOST_DOUBTFUL:
                    flaw = "text_after_quote"
                if flaw:
                    return Record(fields, at, flaw)
                is_more = text.startswith(self._separator, at)
                at = at + len(self._separator) if is_more else _after_end(text, at)
            fields.append(value)
            if not is_more:
                break
            if len(fields) > columns + MOST_EXTRA:
                return Record(fields, at, "too_many_fields")
        is_long = lines >= MOST_LINES
        return Record(fields, at, "too_many_lines" if is_long else "", bare.is_found, bare.torn)

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
        if at < 0:
            return "", at, "unclosed_quote"
        while self._has_space and text.startswith(" ", at):
            at += 1
        is_end = at == len(text) or text.startswith((self._separator, "\n", "\r"), at)
        return value, at, "" if is_end else "text_after_quote"

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


class _BareQuotes:
    """What the quotes inside the bare fields of one record say."""

    def __init__(self, quote: str) -> None:
        self._quote = quote
        self.is_found = False
        # Number of a field, from 1, that lost the separator before its quote; 0 for none.
        self.torn = 0
        # Index of the field that may follow a torn one.
        self._next = -1

    def add(self, value: str, index: int) -> None:
        """Take a bare field; `index` counts from 0."""
        quote = self._quote
        if not quote or quote not in value:
            return
        self.is_found = True
        value = value.rstrip(" ")
        is_odd = value.count(quote) % 2 == 1
        if is_odd and index == self._next and value.endswith(quote):
            self.torn = self.torn or index
        self._next = index + 1 if is_odd and quote in value[:-1] else -1


def _after_end(text: str, at: int) -> int:
    """Return the position after the line end at `at`, where the text may end instead."""
    end = LINE_END.match(text, at)
    return end.end() if end else at
