"""The careful reader: every line becomes part of a record, is blank, or is set aside (R2, R7)."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from runner.stage.dialect import Dialect
from runner.stage.header import Header, read_header
from runner.stage.record import Record, RecordParser
from runner.stage.rejects import Rejects
from runner.stage.shortcut import Shortcut
from runner.stage.window import LONGEST_RECORD, ODD, Window, line_count_of, opened_text

# Bytes of a line of the clean form: what the engine takes, with room for quotes and number.
LONGEST_CLEAN = 1_990_000


@dataclass(frozen=True)
class Book:
    """Where the lines of a file went: lines = data_from + record_lines + blank + rejected."""

    header: tuple[str, ...]
    data_from: int
    records: int
    record_lines: int
    blank: int
    rejected: int

    @property
    def lines(self) -> int:
        """Physical lines of the file."""
        return self.data_from + self.record_lines + self.blank + self.rejected


def read_carefully(plain: Path, dialect: Dialect, name: str, clean: Path, rejects: Path) -> Book:
    """Write the clean form of a plain file to `clean`, and what is set aside to `rejects`.

    Both as `StagedFile` describes them; `rejects` is not written when all lines are well.
    Raises StageError, with `name`, when the header cannot be read or the codec gives up.
    """
    with opened_text(plain, dialect.encoding, name) as window, clean.open("wb") as target:
        header = read_header(window, dialect, name)
        aside = Rejects(rejects, header.names)
        try:
            reader = _Reader(dialect, header, aside)
            reader.read(window, target)
        finally:
            aside.close()
    return reader.book()


class _Reader:
    """Reads the lines after the header."""

    def __init__(self, dialect: Dialect, header: Header, rejects: Rejects) -> None:
        self._header = header
        self._columns = len(header.names)
        self._rejects = rejects
        self._parser = RecordParser(dialect)
        self._separator = dialect.separator
        self._shortcut = Shortcut(dialect, self._columns)
        self._passed = header.data_from
        self._records = self._record_lines = self._blank = self._rejected = 0
        self._clean: list[str] = []

    def read(self, window: Window, target: BinaryIO) -> None:
        """Read to the end of the window's file, writing the clean form."""
        while window.fill():
            self._read_text(window)
            if self._clean:
                target.write("\n".join([*self._clean, ""]).encode())
                self._clean.clear()

    def book(self) -> Book:
        """Return where all lines went."""
        return Book(
            self._header.names,
            self._header.data_from,
            self._records,
            self._record_lines,
            self._blank,
            self._rejected,
        )

    def _read_text(self, window: Window) -> None:
        """Read the lines that begin before `window.safe`."""
        at, safe = window.at, window.safe
        lines = io.StringIO(window.text, newline="")
        lines.seek(at)
        for raw in lines:
            if at >= safe:
                break
            line = raw.rstrip("\r\n")
            clean = (
                None
                if window.is_odd or len(line) > LONGEST_CLEAN // 4
                else self._shortcut.clean(line)
            )
            if clean is not None:
                self._passed += 1
                self._records += 1
                self._record_lines += 1
                self._clean.append(f"{self._passed},{clean}")
                at += len(raw)
            elif len(raw) > LONGEST_RECORD:
                window.at = at
                self._set_aside(1, None, "too_long", line)
                window.pass_line()
                return
            else:
                at = self._read_record(window, at, raw, line)
                lines.seek(at)
        window.at = at

    def _read_record(self, window: Window, at: int, raw: str, line: str) -> int:
        """Read what begins at `at`, with all care; return the position after it."""
        if self._is_blank(line):
            self._blank += 1
            self._passed += 1
            return at + len(raw)
        if window.is_odd and ODD.search(line):
            self._set_aside(1, self._odd_column(line), _odd_reason(line), raw)
            return at + len(raw)
        record = self._parser.parse(window.text, at, self._columns)
        if record.flaw or record.end - at > LONGEST_RECORD:
            self._set_aside(1, len(record.fields) + 1, record.flaw or "too_long", raw)
            return at + len(raw)
        whole = window.text[at : record.end]
        reason, column = self._fault(record, whole, window.is_odd)
        lines = line_count_of(whole)
        if reason:
            self._set_aside(lines, column, reason, whole)
        else:
            fields = [field.replace('"', '""') for field in record.fields[: self._columns]]
            self._records += 1
            self._record_lines += lines
            self._clean.append(f'{self._passed + 1},"' + '","'.join(fields) + '"')
            self._passed += lines
        return record.end

    def _is_blank(self, line: str) -> bool:
        if self._columns == 1:
            return not line
        return not line.strip(" \t") and self._separator not in line

    def _fault(self, record: Record, whole: str, is_odd: bool) -> tuple[str, int | None]:
        """Return why a well-formed record is set aside, and the column; empty if it is not."""
        count = len(record.fields)
        if is_odd and ODD.search(whole):
            return _odd_reason(whole), self._odd_column(whole)
        if count < self._columns:
            return "too_few_fields", count + 1
        # The engine, too, takes surplus fields without a value for none.
        if any(record.fields[self._columns :]):
            return "too_many_fields", self._columns + 1
        if len(whole) > LONGEST_CLEAN // 4 and _clean_size(record) > LONGEST_CLEAN:
            return "too_long", None
        return "", None

    def _odd_column(self, text: str) -> int | None:
        """Return which field has the bad byte or NUL; None when the fields cannot be told."""
        fields = self._parser.parse(text, 0, self._columns).fields
        return next((n for n, field in enumerate(fields, 1) if ODD.search(field)), None)

    def _set_aside(self, lines: int, column: int | None, reason: str, raw: str) -> None:
        self._rejects.add(self._passed + 1, column, reason, raw)
        self._rejected += lines
        self._passed += lines


def _odd_reason(text: str) -> str:
    odd = ODD.search(text)
    return "nul" if odd and odd[0] == "\0" else "bad_byte"


def _clean_size(record: Record) -> int:
    return sum(len(field.replace('"', '""').encode()) + 3 for field in record.fields)
