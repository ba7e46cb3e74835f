"""The staged lines that rows of a profile were made from, by the import that joined them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from runner.compile.input_file import LINES_PER_FILE
from runner.explain.profile_ledger import LedgerFile, ProfileLedger

Headers = dict[str, tuple[str, ...]]
"""File source -> its columns."""


@dataclass
class ImportBatch:
    """Lines of main files that one goal joined to the same chained files."""

    goal: str
    # File source -> its files, in the order in which they were applied.
    chained: Mapping[str, tuple[LedgerFile, ...]]
    headers: Headers
    # Main file -> the lines that are wanted.
    lines: dict[LedgerFile, set[int]] = field(default_factory=dict)


def import_batches(ledger: ProfileLedger, origins: Iterable[int]) -> list[ImportBatch]:
    """Return the batches in which the lines at some origins are read again.

    Imports of a goal that joined the same contents are one batch.
    """
    imports = _imports(ledger.files.values())
    batches: dict[object, ImportBatch] = {}
    for origin in origins:
        file_id, line = divmod(origin, LINES_PER_FILE)
        file = ledger.files.get(file_id)
        if file is None:
            continue
        chained, headers = imports[file_id]
        contents = [(one.source, one.path, one.sha256) for of in chained.values() for one in of]
        key = (file.goal, *contents, *headers.items())
        batch = batches.setdefault(key, ImportBatch(file.goal, chained, headers))
        batch.lines.setdefault(file, set()).add(line)
    return list(batches.values())


def _imports(
    files: Iterable[LedgerFile],
) -> dict[int, tuple[Mapping[str, tuple[LedgerFile, ...]], Headers]]:
    """Return the chained files and all columns of the import that each file is of.

    An import lists its main files first, so a main file after a chained one begins the next.
    """
    found: list[list[LedgerFile]] = []
    open_import: dict[str, list[LedgerFile]] = {}
    for file in files:
        own = open_import.get(file.goal)
        if own is None or own[-1].build_id != file.build_id or file.is_main > own[-1].is_main:
            own = open_import[file.goal] = []
            found.append(own)
        own.append(file)
    return {file.file_id: _parts(own) for own in found for file in own}


def _parts(files: list[LedgerFile]) -> tuple[Mapping[str, tuple[LedgerFile, ...]], Headers]:
    chained: dict[str, tuple[LedgerFile, ...]] = {}
    columns: dict[str, dict[str, str]] = {}
    for file in files:
        if not file.is_main:
            chained[file.source] = (*chained.get(file.source, ()), file)
        named = columns.setdefault(file.source, {})
        for column in file.header:
            named.setdefault(column.lower(), column)
    return chained, {source: tuple(named.values()) for source, named in columns.items()}
