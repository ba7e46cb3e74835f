"""Single lines of a staged file, found by their numbers without reading all of its records."""

import mmap
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from runner.definitions.format import Format
from runner.remote import RemoteFile
from runner.stage.blob import Blob
from runner.stage.decompression import plain_of
from runner.stage.dialect import UTF_8, Dialect, dialect_of
from runner.stage.header import read_header
from runner.stage.prepare import has_clean_form, prepare
from runner.stage.record import RecordParser
from runner.stage.text_window import BYTE_ORDER_MARK, LONGEST_RECORD, opened_text

CLEAN = Dialect(",", '"', '"', UTF_8[0], False, 0)
BLOCK = 64 * 1024
USUAL_RECORD = 64 * 1024
"""Bytes that nearly every record fits into."""
SEARCHED = 2**20
"""Bytes that are searched at once."""
MOST_SEARCHED = 2**29
"""Bytes that are searched in less time than the engine reads a file, over all texts."""
MOST_FOUND = 10_000
"""Lines that a text is expected on at most: more of them say little."""
COMPOSED_TO_ASCII = {"K": "\u212a", ";": "\u037e", "`": "\u1fef"}
"""The ASCII characters that are also written as another one, which NFC replaces."""

Records = dict[int, tuple[str, ...]]
"""Physical line on which a record begins -> its fields."""


@dataclass(frozen=True)
class SearchedFile:
    """A staged file in which single lines are looked up."""

    # What is read: as it came, or the clean form; see `ReadableFile`.
    path: Path
    is_clean: bool
    dialect: Dialect
    # Physical lines above the data.
    data_from: int
    # Positions at which lines begin, each with the LF before it; see `LineCount`.
    line_starts: Sequence[tuple[int, int]] = ()

    def records(self, numbers: Iterable[int], columns: int) -> Records:
        """Return the records of `columns` fields that begin on these physical lines.

        Lines that are not there, or do not fit, are left out.
        """
        wanted = sorted({number for number in numbers if number > 0})
        if not wanted or self.path.stat().st_size == 0:
            return {}
        with (
            self.path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
        ):
            found = (
                _clean(data, wanted) if self.is_clean else _physical(data, wanted, self.line_starts)
            )
            parser = RecordParser(CLEAN if self.is_clean else self.dialect)
            expected = columns + self.is_clean
            records = {
                number: _fields(parser, data, start, expected)[self.is_clean : expected]
                for number, start in found
            }
        return {number: fields for number, fields in records.items() if fields}

    def lines_with(self, texts: Collection[str]) -> tuple[int, ...] | None:
        """Return the physical lines below the header that hold one of these texts in any field.

        None where the bytes do not tell: a text may be spelled otherwise, or is on many lines.
        """
        other_spellings = [
            other for one, other in COMPOSED_TO_ASCII.items() if one in "".join(texts)
        ]
        searched = [text.encode() for text in (*texts, *other_spellings)]
        size = self.path.stat().st_size
        if self.is_clean or size * len(searched) > MOST_SEARCHED or not self._is_written_so(texts):
            return None
        if size == 0:
            return ()
        with (
            self.path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
        ):
            if any(True for _ in _positions(data, searched[len(texts) :])):
                return None
            found = list(islice(_positions(data, searched[: len(texts)]), MOST_FOUND + 1))
            numbers = set(_numbers(data, sorted(found), self.line_starts))
        known = tuple(sorted(number for number in numbers if number > self.data_from))
        return None if len(found) > MOST_FOUND else known

    def _is_written_so(self, texts: Iterable[str]) -> bool:
        """Return whether a field with one of these texts has its bytes in the file."""
        quote = self.dialect.quote
        return all(
            text.isascii() and text.isprintable() and not (quote and quote in text)
            for text in texts
        )


def searched_file(
    blob: Blob, file: RemoteFile, file_format: Format, *, is_careful: bool = False
) -> SearchedFile:
    """Return the form in which the lines of a staged file are looked up.

    A file that the engine probably read as it came is taken as it is; `is_careful` reads it as an
    import does, and so finds out. Raises StageError as `prepare` does.
    """
    dialect = dialect_of(file_format)
    if is_careful or not dialect.is_direct or blob.is_erased or has_clean_form(blob, dialect):
        readable = prepare(blob, file, file_format)
        return SearchedFile(readable.local_path, readable.is_clean, dialect, readable.data_from)
    plain = plain_of(blob, file.path)
    with opened_text(plain.path, dialect.encoding, file.path) as window:
        header = read_header(window, dialect, file.path)
    return SearchedFile(plain.path, False, dialect, header.data_from, plain.count.line_starts)


def _physical(
    data: mmap.mmap, numbers: list[int], line_starts: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Give each line with the position where it begins; lines end in LF or CRLF."""
    at, line = 0, 1
    for number in numbers:
        known = bisect(line_starts, number - 1, key=lambda start: start[1])
        if known and line_starts[known - 1][0] > at:
            at, line = line_starts[known - 1][0], line_starts[known - 1][1] + 1
        while line < number:
            block = data[at : at + BLOCK]
            ends = block.count(b"\n")
            if line + ends >= number:
                break
            if len(block) < BLOCK:
                return
            at, line = at + BLOCK, line + ends
        for _ in range(number - line):
            at = data.find(b"\n", at) + 1
        line = number
        if at < len(data):
            yield number, at


def _positions(data: mmap.mmap, texts: Collection[bytes]) -> Iterator[int]:
    """Give the positions of texts, block by block."""
    longest = max(map(len, texts), default=1)
    for at in range(0, len(data) if texts else 0, SEARCHED):
        block = data[at : at + SEARCHED + longest - 1]
        for text in texts:
            found = block.find(text)
            while found >= 0:
                yield at + found
                found = block.find(text, found + 1)


def _numbers(
    data: mmap.mmap, positions: Iterable[int], line_starts: Sequence[tuple[int, int]]
) -> Iterator[int]:
    """Give the number of the physical line of each position; they ascend."""
    at, line = 0, 1
    for position in positions:
        known = bisect(line_starts, position, key=lambda start: start[0])
        if known and line_starts[known - 1][0] > at:
            at, line = line_starts[known - 1][0], line_starts[known - 1][1] + 1
        line += data[at:position].count(b"\n")
        at = position
        yield line


def _clean(data: mmap.mmap, numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Give each line with the position of its record: the number is its first field."""
    at = 0
    for number in numbers:
        begin = b"%d," % number
        if at == 0 and data[: len(begin)] == begin:
            yield number, 0
            continue
        found = data.find(b"\n" + begin, at)
        if found >= 0:
            at = found + 1
            yield number, at


def _fields(parser: RecordParser, data: mmap.mmap, start: int, columns: int) -> tuple[str, ...]:
    """Return the fields of the record that begins at a position; none where it has a flaw."""
    for size in (USUAL_RECORD, 4 * LONGEST_RECORD):
        text = data[start : start + size].decode("utf-8", "replace").lstrip(BYTE_ORDER_MARK)
        record = parser.parse(text, 0, columns)
        if (not record.flaw and record.end < len(text)) or start + size >= len(data):
            break
    if record.flaw:
        return ()
    return tuple(record.fields) + ("",) * (columns - len(record.fields))
