"""A file, read as a build would read it by the format that is found for it."""

import csv
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from runner.errors import StageError
from runner.propose.column import ColumnValues
from runner.propose.encoding import FoundEncoding, find_encoding
from runner.propose.layout import Layout, find_layout
from runner.remote import RemoteFile
from runner.stage.decompression import plain_of
from runner.stage.record_reader import LineOutcomes, read_records
from runner.stage.staging import Staging

LARGEST_FIELD = 2_000_000
MOST_PARTS = 8
"""Columns of which two or three are tried as a key together."""


@dataclass(frozen=True)
class ReadFile:
    """What is in a file: its format, its lines and the values of its columns."""

    path: Path
    encoding: FoundEncoding
    layout: Layout
    outcomes: LineOutcomes
    columns: tuple[ColumnValues, ...]
    # Reason -> lines that are set aside.
    rejects: dict[str, int]
    # Records that are a copy of another.
    repeated: int
    # Files that are written in the same way, beside it; and those that are not.
    others: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()

    @property
    def has_own_names(self) -> bool:
        """Tell whether its header names each column, once."""
        names = [name.strip().lower() for name in self.outcomes.written]
        return bool(names) and all(names) and len(names) == len({*names})


def read_files(paths: Sequence[Path]) -> ReadFile:
    """Read files that are written alike as one; those that are not are named in it.

    Raises StageError for a file that is no text, is empty, or cannot be read at all.
    """
    first, *rest = map(read_file, paths)
    for other in rest:
        first = _joined(first, other)
    return first


def _joined(first: ReadFile, other: ReadFile) -> ReadFile:
    names = [column.name for column in first.columns]
    is_alike = other.layout.dialect == first.layout.dialect and other.encoding == first.encoding
    if not is_alike or names != [column.name for column in other.columns]:
        return replace(first, unlike=(*first.unlike, other.path.name))
    columns = tuple(mine.plus(its) for mine, its in zip(first.columns, other.columns, strict=True))
    outcomes = replace(
        first.outcomes,
        records=first.outcomes.records + other.outcomes.records,
        record_lines=first.outcomes.record_lines + other.outcomes.record_lines,
        blank=first.outcomes.blank + other.outcomes.blank,
        rejected=first.outcomes.rejected + other.outcomes.rejected,
    )
    rejects = dict(Counter(first.rejects) + Counter(other.rejects))
    repeated = first.repeated + other.repeated
    others = (*first.others, other.path.name)
    return replace(
        first, columns=columns, outcomes=outcomes, rejects=rejects, repeated=repeated, others=others
    )


def read_file(path: Path) -> ReadFile:
    """Read all lines of a local file, compressed or not.

    Raises StageError for a file that is no text, is empty, or cannot be read at all.
    """
    with plain_file(path) as (plain, folder):
        encoding = find_encoding(plain)
        layout = find_layout(plain, encoding.name, path.name)
        clean, rejects = folder / "clean.csv", folder / "rejects.csv"
        outcomes = read_records(plain, layout.dialect, path.name, clean, rejects, folder / "again")
        if not outcomes.header:
            raise StageError(f"{path}: it has no line to find a format by")
        columns, repeated = _columns(clean, outcomes.header)
        return ReadFile(path, encoding, layout, outcomes, columns, _reasons(rejects), repeated)


def columns_telling_apart(file: ReadFile, paths: Sequence[Path], names: Sequence[str]) -> list[str]:
    """Return the first two or three of some columns whose values no two records share.

    Records that are copies of each other do not count; empty where no columns do. `paths` are the
    files that were read as one.
    """
    header = file.outcomes.header
    at = [header.index(name) for name in names[:MOST_PARTS]]
    open_keys: dict[tuple[int, ...], dict[int, int]] = {
        parts: {} for count in (2, 3) for parts in combinations(at, count)
    }
    for path in paths if open_keys else ():
        if path.name in file.unlike:
            continue
        for fields in _fields_of(path, file):
            whole = hash(tuple(fields))
            for parts, known in [*open_keys.items()]:
                if known.setdefault(hash(tuple(fields[n] for n in parts)), whole) != whole:
                    del open_keys[parts]
            if not open_keys:
                return []
    return [header[n] for n in next(iter(open_keys), ())]


def _fields_of(path: Path, file: ReadFile) -> Iterator[list[str]]:
    """Give the trimmed fields of each record of a file, read as another one was."""
    with plain_file(path) as (plain, folder):
        clean, rejects = folder / "clean.csv", folder / "rejects.csv"
        read_records(plain, file.layout.dialect, path.name, clean, rejects, folder / "again")
        with clean.open(encoding="utf-8", newline="") as lines:
            for _, *fields in csv.reader(lines):
                yield [field.strip() for field in fields]


@contextmanager
def plain_file(path: Path) -> Iterator[tuple[Path, Path]]:
    """Give the decompressed bytes of a file, and a folder that is removed in the end."""
    with tempfile.TemporaryDirectory(prefix="runner-") as name:
        folder = Path(name)
        stat = path.stat()
        file = RemoteFile(
            path.name, path.name, stat.st_size, datetime.fromtimestamp(int(stat.st_mtime), UTC)
        )
        with path.open("rb") as content:
            blob = Staging(folder).keep("file", file, lambda to: shutil.copyfileobj(content, to))
        yield plain_of(blob, path.name).path, folder


def _columns(clean: Path, names: tuple[str, ...]) -> tuple[tuple[ColumnValues, ...], int]:
    """Return the values of each column, and how many records are copies of others."""
    csv.field_size_limit(min(sys.maxsize, LARGEST_FIELD * 4))
    texts = [Counter[str]() for _ in names]
    hashes = Counter[int]()
    with clean.open(encoding="utf-8", newline="") as lines:
        for _, *fields in csv.reader(lines):
            hashes[hash(tuple(fields))] += 1
            for counter, text in zip(texts, fields, strict=False):
                counter[text] += 1
    found = (ColumnValues.of(name, counter) for name, counter in zip(names, texts, strict=True))
    return tuple(found), sum(hashes.values()) - len(hashes)


def _reasons(rejects: Path) -> dict[str, int]:
    if not rejects.exists():
        return {}
    with rejects.open(encoding="utf-8", newline="") as lines:
        return dict(Counter(line["reason"] for line in csv.DictReader(lines)))
