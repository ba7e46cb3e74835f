"""All files that goals ever imported, in sets whose lines were joined to each other (C2)."""

from collections.abc import Iterable, Iterator, Sequence

from runner.definitions.import_goal import ImportGoal
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.history.history import History
from runner.history.records import FileRecord
from runner.state.recovery import imported_file
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger, ledger_in, read_ledger
from runner.workspace.workspace import Workspace

ImportSet = tuple[ImportedFile, ...]
"""Files of one goal that were imported together."""


def import_sets(workspace: Workspace, warehouse: Warehouse | None) -> tuple[ImportSet, ...]:
    """Return every import in the history, in the warehouse and in kept warehouses.

    Undone files are included: their staged copies are still there.
    """
    found = [*_sets_of_history(workspace)]
    for version in workspace.store.versions():
        try:
            found += _sets_of(read_ledger(workspace.store, version))
        except ExecutionError:
            continue
    if warehouse is not None:
        found += _sets_of(ledger_in(warehouse))
    return tuple(found)


def sets_to_read(sets: Iterable[ImportSet], goal: ImportGoal) -> tuple[ImportSet, ...]:
    """Return the sets to read so that each content is seen once, as it was joined.

    `sets` are of this goal. Without chained files all are one set: no line depends on another
    file. A file without a complete set is read with the other files that the goal imported.
    """
    own = [tuple(file for file in files if file.source in goal.files) for files in sets]
    if len(goal.files) == 1:
        merged = _distinct(file for files in own for file in files)
        return (merged,) if merged else ()
    whole = _each_once(files for files in own if not _lacking(files, goal))
    known = {_content(file) for files in whole for file in files}
    partial = _each_once(files for files in own if not known.issuperset(map(_content, files)))
    return (*whole, *(_completed(files, whole, own, goal) for files in partial))


def _completed(
    partial: ImportSet, whole: Sequence[ImportSet], own: Sequence[ImportSet], goal: ImportGoal
) -> ImportSet:
    """Complete a set: with all main files, or the chained files of the last complete set."""
    lacking = _lacking(partial, goal)
    last = whole[-1] if whole else tuple(file for files in own for file in files)
    main = [file for files in own for file in files if file.source == goal.main]
    chained = [file for file in last if file.source != goal.main]
    return _distinct((*partial, *(file for file in (*main, *chained) if file.source in lacking)))


def _lacking(files: ImportSet, goal: ImportGoal) -> set[str]:
    """Return the sources that an import needs and of which a set has no file."""
    needed = {name for name, source in goal.files.items() if not source.optional}
    return {goal.main, *needed} - {file.source for file in files}


def _sets_of(ledger: Ledger) -> Iterator[ImportSet]:
    """Give the imports of a ledger, and each undone file by itself."""
    sets: dict[tuple[str, str], list[ImportedFile]] = {}
    for file in ledger.files:
        sets.setdefault((file.goal, file.build_id), []).append(file)
    yield from map(tuple, sets.values())
    for file in ledger.undone.all:
        yield (file,)


def _sets_of_history(workspace: Workspace) -> Iterator[ImportSet]:
    if not workspace.history.exists():
        return
    with History(workspace.history) as history:
        records = history.imported_files(workspace.target_name)
    builds: dict[tuple[str, str], list[FileRecord]] = {}
    for record in records:
        builds.setdefault((record.goal, record.build_id), []).append(record)
    for of_build in builds.values():
        yield from _imports_of(of_build)


def _imports_of(records: Sequence[FileRecord]) -> Iterator[ImportSet]:
    """Give the imports of a goal in a build: several where earlier ones were replayed.

    An import lists its main files first, so a main file after a chained one begins the next.
    """
    main = records[0].source
    files: list[ImportedFile] = []
    for number, record in enumerate(records):
        file = imported_file(number, record, "", is_main=record.source == main)
        if file.is_main and files and not files[-1].is_main:
            yield tuple(files)
            files = []
        files.append(file)
    yield tuple(files)


def _content(file: ImportedFile) -> tuple[str, str]:
    return (file.source, file.sha256)


def _distinct(files: Iterable[ImportedFile]) -> ImportSet:
    """Return each content once, by its last import."""
    return tuple({_content(file): file for file in files}.values())


def _each_once(sets: Iterable[ImportSet]) -> list[ImportSet]:
    """Return the sets that are not empty, sets of the same contents once."""
    found = {frozenset(map(_content, files)): _distinct(files) for files in sets if files}
    return list(found.values())
