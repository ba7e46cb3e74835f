"""What goals ever imported, in the sets of files whose lines were joined to each other (C2)."""

from collections.abc import Iterable, Iterator, Sequence

from runner.definitions.import_goal import ImportGoal
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.history.history import History
from runner.history.records import FileRecord
from runner.state.recovery import imported_file
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger, ledger_in, read_ledger
from runner.warehouse.publication import kept_builds
from runner.workspace.workspace import Workspace

ImportSet = tuple[ImportedFile, ...]
"""Files of one goal that one import took."""


def import_sets(workspace: Workspace, warehouse: Warehouse | None) -> tuple[ImportSet, ...]:
    """Return every import that the history, the warehouse, or those that are kept tell of.

    Files that were undone, or await their return, are there too; their staged copies are.
    """
    found = [*_sets_of_history(workspace)]
    for path in kept_builds(workspace.kept).values():
        try:
            found += _sets_of(read_ledger(path))
        except ExecutionError:
            continue
    if warehouse is not None:
        found += _sets_of(ledger_in(warehouse))
    return tuple(found)


def sets_to_read(sets: Iterable[ImportSet], goal: ImportGoal) -> tuple[ImportSet, ...]:
    """Return the sets that a goal is to read to see each content as it was joined, each once.

    `sets` are of this goal. Without chained files all are one set: no line depends on another
    file. A file of which no whole set is known is read with the others that the goal imported.
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
    """Return a set with what it lacks: all main files, the chained files of the last whole set."""
    lacking = _lacking(partial, goal)
    last = whole[-1] if whole else tuple(file for files in own for file in files)
    main = [file for files in own for file in files if file.source == goal.main]
    chained = [file for file in last if file.source != goal.main]
    return _distinct((*partial, *(file for file in (*main, *chained) if file.source in lacking)))


def _lacking(files: ImportSet, goal: ImportGoal) -> set[str]:
    """Return the sources of which a set has no file, though an import needs one."""
    needed = {name for name, source in goal.files.items() if not source.optional}
    return {goal.main, *needed} - {file.source for file in files}


def _sets_of(ledger: Ledger) -> Iterator[ImportSet]:
    """Give the imports of a ledger, and each file alone whose import it does not tell of."""
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
    """Give the imports of a goal in a build: several where it replayed earlier ones.

    Each import names its main files first, so that one after a chained file begins the next.
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
    """Return files of which each content stands once, by its last import."""
    return tuple({_content(file): file for file in files}.values())


def _each_once(sets: Iterable[ImportSet]) -> list[ImportSet]:
    """Return the sets that are not empty, those of the same contents once."""
    found = {frozenset(map(_content, files)): _distinct(files) for files in sets if files}
    return list(found.values())
