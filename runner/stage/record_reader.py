"""Our own reader: every line becomes part of a record, is blank, or is set aside (R2, R7)."""

import io
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from runner.stage.dialect import Dialect
from runner.stage.fast_path import FastPath
from runner.stage.header import Header, read_header
from runner.stage.record import Record, RecordParser
from runner.stage.rejects import Rejects
from runner.stage.rejects_as_sent import RejectsAsSent, byte_offset
from runner.stage.text_window import (
    LINE_END,
    LONGEST_RECORD,
    ODD,
    TextWindow,
    line_count_of,
    opened_text,
)

# Bytes of a line of the clean form: what the engine takes, with room for quotes and number.
LONGEST_CLEAN = 1_990_000
# Records at the beginning of a file by which we know whether its lines end in a separator.
FIRST_RECORDS = 20
# Lines that are looked at for them.
FIRST_LINES = 100
# Characters in which the end of a quoted value is looked for.
FARTHEST = 64_000_000
# A byte order mark at the beginning of a line: files were put together. It belongs to no value.
MARK = "\ufeff"


@dataclass(frozen=True)
class LineOutcomes:
    """Where the lines of a file went: lines = data_from + record_lines + blank + rejected."""

    header: tuple[str, ...]
    data_from: int
    records: int
    record_lines: int
    blank: int
    rejected: int
    # The names of the columns as the file has them.
    written: tuple[str, ...] = ()
    # Control characters from U+0080 to U+009F in its text.
    controls: int = 0

    @property
    def lines(self) -> int:
        """Physical lines of the file."""
        return self.data_from + self.record_lines + self.blank + self.rejected


def read_records(
    plain: Path, dialect: Dialect, name: str, clean: Path, rejects: Path, rejects_as_sent: Path
) -> LineOutcomes:
    """Write the clean form of a plain file to `clean`, and what is set aside to two others.

    All as `ReadableFile` describes them; `rejects` and `rejects_as_sent` are not written when no
    line is set aside.
    Raises StageError, with `name`, when the header cannot be read or the codec gives up.
    """
    with opened_text(plain, dialect.encoding, name) as window, clean.open("wb") as target:
        header = read_header(window, dialect, name)
        aside = Rejects(rejects, header.names)
        again = RejectsAsSent(rejects_as_sent, plain, dialect, header.data_from)
        try:
            reader = _Reader(dialect, header, aside, again)
            reader.read(window, target)
        finally:
            aside.close()
            again.close()
        return replace(reader.outcomes(), controls=window.controls)


class _Reader:
    """Reads the lines after the header."""

    def __init__(
        self, dialect: Dialect, header: Header, rejects: Rejects, rejects_as_sent: RejectsAsSent
    ) -> None:
        self._header = header
        self._columns = len(header.names)
        # How many fields most of the first records have; None where they differ.
        self._width: int | None = None
        # The last line that a broken quote reached; before it a bare quote is suspect.
        self._doubt = 0
        self._starts = _starts_of(header)
        self._rejects = rejects
        self._rejects_as_sent = rejects_as_sent
        self._encoding = dialect.encoding
        self._parser = RecordParser(dialect)
        self._separator = dialect.separator
        self._fast_path = FastPath(dialect, self._columns)
        self._passed = header.data_from
        self._records = self._record_lines = self._blank = self._rejected = 0
        self._clean: list[str] = []

    def read(self, window: TextWindow, target: BinaryIO) -> None:
        """Read to the end of the window's file, writing the clean form."""
        if window.fill():
            self._width = self._width_of(window)
        while window.fill():
            self._read_text(window)
            if self._clean:
                target.write("\n".join([*self._clean, ""]).encode())
                self._clean.clear()

    def outcomes(self) -> LineOutcomes:
        """Return where all lines went."""
        return LineOutcomes(
            self._header.names,
            self._header.data_from,
            self._records,
            self._record_lines,
            self._blank,
            self._rejected,
            self._header.written,
        )

    def _read_text(self, window: TextWindow) -> None:
        """Read the lines that begin before `window.safe`."""
        at, safe = window.at, window.safe
        # The fast path knows only lines of as many fields as there are columns.
        is_slow = window.is_odd or self._width not in (None, self._columns)
        lines = io.StringIO(window.text, newline="")
        lines.seek(at)
        for raw in lines:
            if at >= safe:
                break
            line = raw.rstrip("\r\n")
            clean = (
                None if is_slow or len(line) > LONGEST_CLEAN // 4 else self._fast_path.clean(line)
            )
            if clean is not None and not clean.startswith(self._starts):
                self._passed += 1
                self._records += 1
                self._record_lines += 1
                self._clean.append(f"{self._passed},{clean}")
                at += len(raw)
            elif len(raw) > LONGEST_RECORD:
                window.at = at
                self._set_aside(1, None, "too_long", line, is_whole=False)
                window.pass_line()
                return
            else:
                at = self._read_record(window, at, raw, line)
                lines.seek(at)
        window.at = at

    def _read_record(self, window: TextWindow, at: int, raw: str, line: str) -> int:
        """Read the record that begins at `at`; return the position after it."""
        while line.startswith(MARK):
            at, raw, line = at + 1, raw[1:], line[1:]
        if self._is_blank(line):
            self._blank += 1
            self._passed += 1
            return at + len(raw)
        if window.is_odd and ODD.search(line):
            self._set_odd_aside(1, raw)
            return at + len(raw)
        is_doubtful = self._passed < self._doubt
        record = self._parser.parse(window.text, at, self._columns, is_doubtful=is_doubtful)
        if record.flaw == "too_many_lines":
            whole = window.text[at : record.end]
            self._set_aside(line_count_of(whole), None, record.flaw, whole)
            return record.end
        end = self._end_of_long(window, at) if record.flaw == "unclosed_quote" else 0
        if end:
            self._set_aside(
                line_count_of(window.text[at:end]), None, "too_long", line, is_whole=False
            )
            return end
        if record.flaw or record.end - at > LONGEST_RECORD:
            self._doubt = max(
                self._doubt, self._passed + window.text.count("\n", at, record.end) + 1
            )
            self._set_aside(1, len(record.fields) + 1, record.flaw or "too_long", raw)
            return at + len(raw)
        whole = window.text[at : record.end]
        lines = line_count_of(whole)
        if window.is_odd and ODD.search(whole):
            self._set_odd_aside(lines, whole)
            return record.end
        reason, column = self._fault(record, whole)
        if reason:
            self._set_aside(lines, column, reason, whole)
        else:
            fields = [field.replace('"', '""') for field in record.fields[: self._columns]]
            fields += [""] * (self._columns - len(fields))
            self._records += 1
            self._record_lines += lines
            self._clean.append(f'{self._passed + 1},"' + '","'.join(fields) + '"')
            self._passed += lines
        return record.end

    def _end_of_long(self, window: TextWindow, at: int) -> int:
        """Return where a record ends that is longer than those that are taken.

        0 where its quote is not closed, or farther away than we look: then only its line is bad.
        """
        while not (window.is_last and len(window.text) - at <= LONGEST_RECORD):
            reach = len(window.text) - at
            record = self._parser.parse(window.text, at, self._columns, longest=reach)
            if record.flaw != "unclosed_quote":
                return record.end if record.flaw in ("", "too_many_lines") else 0
            if window.is_last or reach > FARTHEST:
                return 0
            window.extend()
        return 0

    def _width_of(self, window: TextWindow) -> int | None:
        """Return how many fields more than half of the first records have, None for no number.

        Where that is more than there are columns, two of them at least must say so. Below an
        empty name at the end of the header the records may differ.
        """
        if self._header.least < self._columns:
            return None
        counts: list[int] = []
        at = window.at
        for _ in range(FIRST_LINES):
            if at >= window.safe or len(counts) == FIRST_RECORDS:
                break
            record = self._parser.parse(window.text, at, self._columns)
            line_end = LINE_END.search(window.text, at)
            after = line_end.end() if line_end else len(window.text)
            line = window.text[at:after].rstrip("\r\n").lstrip(MARK)
            is_record = not record.flaw and not self._is_blank(line)
            fits = len(record.fields) >= self._columns
            if is_record and fits and not any(record.fields[self._columns :]):
                counts.append(len(record.fields))
            at = record.end if is_record else after
        if not counts or (len(counts) == 1 and counts[0] > self._columns):
            return self._columns
        ((count, times),) = Counter(counts).most_common(1)
        return count if 2 * times > len(counts) else None

    def _is_blank(self, line: str) -> bool:
        if self._columns == 1:
            return not line
        return not line.strip(" \t") and self._separator not in line

    def _fault(self, record: Record, whole: str) -> tuple[str, int | None]:
        """Return why a well-formed record is set aside, and the column; empty if it is not."""
        names, count = self._header.written, len(record.fields)
        if names and tuple(field.strip() for field in record.fields[: self._columns]) == names:
            if any(record.fields[self._columns :]):
                return "too_many_fields", self._columns + 1
            return "repeated_header", None
        # If most records end in a separator, it is the writer's style; in a single record it may
        # be a shifted value, so set it aside.
        least, most = self._header.least, self._columns
        if self._width is not None and not record.fields[-1]:
            least = most = self._width
        if count < least:
            return "too_few_fields", count + 1
        if any(record.fields[self._columns :]) or (count > most and not record.fields[-1]):
            return "too_many_fields", min(count, self._columns + 1)
        if record.torn:
            return "lost_separator", record.torn
        if record.has_bare_quote and self._passed < self._doubt:
            return "text_after_quote", None
        if len(whole) > LONGEST_CLEAN // 4 and _clean_size(record) > LONGEST_CLEAN:
            return "too_long", None
        return "", None

    def _odd_column(self, text: str) -> int | None:
        """Return which field has the bad byte or NUL; None when the fields cannot be parsed."""
        fields = self._parser.parse(text, 0, self._columns).fields
        return next((n for n, field in enumerate(fields, 1) if ODD.search(field)), None)

    def _set_odd_aside(self, lines: int, whole: str) -> None:
        """Set aside a line, or a record, with a bad byte or a NUL in it."""
        odd = ODD.search(whole)
        offset = byte_offset(whole, odd.start(), self._encoding) if odd else None
        self._set_aside(lines, self._odd_column(whole), _odd_reason(whole), whole, offset)

    def _set_aside(
        self,
        lines: int,
        column: int | None,
        reason: str,
        raw: str,
        offset: int | None = None,
        is_whole: bool = True,
    ) -> None:
        self._rejects.add(self._passed + 1, column, reason, raw, offset)
        if is_whole and reason != "repeated_header":
            self._rejects_as_sent.add(raw)
        self._rejected += lines
        self._passed += lines


def _starts_of(header: Header) -> tuple[str, ...]:
    """Return how the clean form of a line begins that may repeat the header."""
    marked = (MARK, f'"{MARK}')
    if not header.written:
        return marked
    first = header.written[0].replace('"', '""')
    starts = (f"{first},", f'"{first}",') if len(header.written) > 1 else (first, f'"{first}')
    return (*starts, *marked)


def _odd_reason(text: str) -> str:
    odd = ODD.search(text)
    return "nul" if odd and odd[0] == "\0" else "bad_byte"


def _clean_size(record: Record) -> int:
    return sum(len(field.replace('"', '""').encode()) + 3 for field in record.fields)
