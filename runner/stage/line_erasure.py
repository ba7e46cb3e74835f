"""Lines erased from staged files: each is replaced by a blank line (C2).

So every other line keeps its number, and the counts of the file still add up (R7).
"""

import codecs
import io
import json
import re
import zipfile
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from runner.stage.blob import ERASED, Blob, blob_at, sha256_of
from runner.stage.compression import compression_of, damage_reported, opened
from runner.stage.dialect import Dialect
from runner.stage.part_file import part_file, replacing
from runner.stage.record import RecordParser
from runner.stage.text_window import BAD_BYTES, visible

MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MEMBERS = "members.json"
FARTHEST = 100_000
"""Lines in which the end of a record is looked for."""


def erase_lines(
    blob: Blob, plain: Path, dialect: Dialect, columns: int, numbers: Collection[int]
) -> None:
    """Leave blank the records of a staged file that begin on some physical lines, from 1.

    `plain` is its decompressed form, `columns` how many fields its records have.
    """
    encoder = codecs.getincrementalencoder(dialect.encoding)(BAD_BYTES)
    parser = RecordParser(dialect)
    with part_file(blob.path.parent, blob.sha256) as part:
        with (
            plain.open("r", encoding=dialect.encoding, errors=BAD_BYTES, newline="") as text,
            part.open("wb") as target,
        ):
            lines: Iterator[str] = iter(text)
            passed, is_open = 0, False
            while (line := next(lines, None)) is not None:
                passed += 1
                if passed in numbers:
                    record, ahead = _record(line, lines, parser, columns)
                    lines = chain(ahead, lines)
                    passed += len(record) - 1
                    line = _blank(record, is_open)
                is_open = line.endswith("\r")
                target.write(_encoded(encoder, line))
            target.write(encoder.encode("", final=True))
        _replace(blob, part)


def _record(
    line: str, lines: Iterator[str], parser: RecordParser, columns: int
) -> tuple[list[str], list[str]]:
    """Return the lines of the record that a line begins, and those read beyond it."""
    if parser.parse(line, 0, columns).flaw != "unclosed_quote":
        return [line], []
    read = [line, *islice(lines, FARTHEST)]
    record = parser.parse("".join(read), 0, columns)
    if record.flaw not in ("", "too_many_lines"):
        return read[:1], read[1:]
    end = 0
    for number, one in enumerate(read, 1):
        end += len(one)
        if end >= record.end:
            return read[:number], read[number:]
    return read, []


def _blank(lines: list[str], is_open: bool) -> str:
    """Return as many blank lines; `is_open` after a line that ends in CR."""
    blank = ""
    for line in lines:
        end = _end(line)
        # After a CR, an LF with nothing before it would end no line of its own.
        blank += f" {end}" if end.startswith("\n") and is_open else end
        is_open = end.endswith("\r")
    return blank


def _end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _encoded(encoder: codecs.IncrementalEncoder, line: str) -> bytes:
    try:
        return encoder.encode(line)
    except UnicodeEncodeError:
        # An encoding of two bytes a character has no way to write half of one.
        return encoder.encode(visible(line))


def erase_matching_lines(
    blob: Blob,
    pattern: re.Pattern[bytes],
    name: str,
    numbers: Collection[int] = (),
    *,
    is_dry_run: bool = False,
) -> int:
    """Leave blank every physical line that a pattern of UTF-8 fits, and those with some numbers.

    For content that no goal can read as records. Returns how many.
    """
    with opened(blob.path, name) as plain, part_file(blob.path.parent, blob.sha256) as part:
        with part.open("wb") as target:
            count = _without_matches(plain, target, pattern, numbers)
        if count and not is_dry_run:
            _replace(blob, part)
    return count


def _without_matches(
    plain: BinaryIO, target: BinaryIO, pattern: re.Pattern[bytes], numbers: Collection[int] = ()
) -> int:
    """Copy bytes line by line, UTF-16 with its mark included; returns the lines left blank."""
    content = plain.read()
    encoding = "utf-16" if content.startswith(MARKS) else "latin-1"
    count = 0
    encoder = codecs.getincrementalencoder(encoding)("surrogatepass")
    lines = io.StringIO(content.decode(encoding, "surrogatepass"), newline="")
    for number, line in enumerate(lines, 1):
        raw = line.encode("utf-8" if encoding == "utf-16" else encoding, "surrogatepass")
        if number in numbers or pattern.search(raw):
            count += 1
            line = _end(line)
        target.write(encoder.encode(line))
    return count


def erase_members(blob: Blob, staging: Path, pattern: re.Pattern[bytes], name: str) -> int:
    """Write an archive again of its members as they are staged now; returns how many changed.

    Members that no file source takes lose the lines that the pattern fits.
    """
    kept = _members(blob)
    changed = 0
    with ExitStack() as closed:
        part = closed.enter_context(part_file(blob.path.parent, blob.sha256))
        with (
            damage_reported(name, "zip"),
            zipfile.ZipFile(blob.path) as old,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as fresh,
        ):
            for entry in old.infolist():
                if entry.is_dir():
                    continue
                member = blob_at(staging, kept.get(entry.filename, ""))
                with old.open(entry) as source, fresh.open(entry.filename, "w") as target:
                    if member is None:
                        changed += _without_matches(source, target, pattern) > 0  # type: ignore[arg-type]
                        continue
                    changed += member.is_erased
                    target.write(member.path.read_bytes())
        if changed:
            _replace(blob, part)
    return changed


def is_archive(blob: Blob) -> bool:
    """Tell whether content is a zip whose members are staged as files of their own."""
    return compression_of(blob.path) == "zip" and blob.beside(MEMBERS).is_file()


def _members(blob: Blob) -> dict[str, str]:
    kept = json.loads(blob.beside(MEMBERS).read_text("utf-8"))
    return {str(name): str(sha256) for name, sha256 in kept.items()}


def _replace(blob: Blob, part: Path) -> None:
    """Replace the bytes of a blob, and remove all that was made from the old ones.

    The blob is marked as erased first: a command that is killed in between is run again.
    """
    with replacing(blob.beside(ERASED)) as mark:
        kept = {"size": blob.size, "sha256": sha256_of(part)}
        mark.write_text(json.dumps(kept), "utf-8")
    part.replace(blob.path)
    for path in blob.path.parent.glob(f"{blob.sha256}.*"):
        if path.name not in (f"{blob.sha256}.{ERASED}", f"{blob.sha256}.{MEMBERS}"):
            path.unlink(missing_ok=True)
