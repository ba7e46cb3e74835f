"""`runner undo`: an imported file is taken out again, by a replay without it; `runner redo`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import UsageError, nearest
from runner.orchestrate.options import UndoneKey
from runner.sql.quoting import literal
from runner.warehouse.ledger import ImportedFile, Ledger, read_ledger
from runner.warehouse.lock import locked
from runner.warehouse.publication import discard, publish, start_copy
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class Undo:
    """What an undo takes out, and what it replays for it."""

    # The last import of each file, by each goal that imported it.
    files: tuple[ImportedFile, ...]
    # Imports of main files that are replayed without them.
    replayed: int

    @property
    def keys(self) -> tuple[UndoneKey, ...]:
        """Return what names the files in the ledger."""
        return tuple(file.key for file in self.files)


def plan_undo(workspace: Workspace, names: Sequence[str], goal: str | None = None) -> Undo:
    """Return what would be undone: the last content of each file, in all goals that imported it.

    Raises UsageError with the nearest spelling where a name fits no imported file, or several.
    """
    ledger = read_ledger(workspace.warehouse)
    found: dict[UndoneKey, ImportedFile] = {}
    for name in names:
        for file in _last_contents(_named(ledger.files, name, goal, ledger.undone)):
            found[file.key] = file
    left = ledger.without(tuple(found.values()))
    goals = dict.fromkeys(file.goal for file in left.files)
    replayed = [file for goal in goals for file in left.standing(goal) if file.is_main]
    return Undo(tuple(found.values()), len(replayed))


def redo(workspace: Workspace, names: Sequence[str], goal: str | None, wait: bool) -> Undo:
    """Let the next build import undone files again: from the server, or their staged copies.

    Raises UsageError where a name fits no file that is undone, LockedError where a build runs.
    """
    with locked(workspace.warehouse, "runner redo", wait):
        ledger = read_ledger(workspace.warehouse)
        _check_undone(ledger, names, goal)
        found = {file.key: file for name in names for file in _named(ledger.undone, name, goal, ())}
        copy = start_copy(workspace.warehouse, workspace.warehouse)
        try:
            with Warehouse.open(copy) as warehouse:
                warehouse.prepare({})
                remember_undone(
                    warehouse, [file for file in ledger.undone if file.key not in found]
                )
                for file in found.values():
                    warehouse.perform("add_returning", **_parts(file))
            publish(copy, workspace.warehouse, workspace.kept, "", workspace.target.keep_builds)
        finally:
            discard(copy)
    return Undo(tuple(found.values()), 0)


def remember_undone(warehouse: Warehouse, files: Iterable[ImportedFile]) -> None:
    """Put the marks of undone files into a warehouse, in the place of those in it."""
    warehouse.perform("forget_undone")
    for file in files:
        warehouse.perform("add_undone", **_parts(file), build_id=literal(file.build_id))


def _parts(file: ImportedFile) -> dict[str, str]:
    values = {
        "goal": file.goal,
        "source": file.source,
        "path": file.path,
        "size": file.size,
        "modified_at": f"{file.modified_at:%Y-%m-%d %H:%M:%S}",
        "sha256": file.sha256,
    }
    return {key: literal(value) for key, value in values.items()}


def _last_contents(files: Iterable[ImportedFile]) -> list[ImportedFile]:
    """Return the last import of each path by each goal."""
    last: dict[tuple[str, str], ImportedFile] = {}
    for file in files:
        last[file.goal, file.path] = file
    return list(last.values())


def _named(
    files: Iterable[ImportedFile],
    name: str,
    goal: str | None,
    undone: Sequence[ImportedFile],
) -> list[ImportedFile]:
    """Return the main files that a name fits: a path, an archive, or the last part of one path."""
    own = [file for file in files if goal is None or _is_of(file, goal)]
    fitting = [file for file in own if _fits(file, name)] or [
        file for file in own if PurePosixPath(file.path).name == name
    ]
    main = [file for file in fitting if file.is_main]
    if not main:
        _refuse(own, fitting, name, goal, undone)
    locations = {(file.goal.split(".")[0], "" if _fits(file, name) else file.path) for file in main}
    if len(locations) > 1:
        several = sorted({f"{file.goal}: {file.path}" for file in main})
        raise UsageError(
            f"several files are called '{name}': {', '.join(several)}",
            hint="write the path, and `--goal` with the goal or the connection",
        )
    return main


def _check_undone(ledger: Ledger, names: Sequence[str], goal: str | None) -> None:
    """Raise UsageError where a file is to come back that was never taken out."""
    here = [file for file in ledger.files if goal is None or _is_of(file, goal)]
    for name in names:
        if any(_is_called(file, name) for file in here) and not any(
            _is_called(file, name) for file in ledger.undone
        ):
            raise UsageError(f"'{name}' is not undone: what it gave is in the warehouse")


def _is_called(file: ImportedFile, name: str) -> bool:
    return _fits(file, name) or PurePosixPath(file.path).name == name


def _is_of(file: ImportedFile, goal: str) -> bool:
    return goal in (file.goal, *file.goal.split(".", 1))


def _fits(file: ImportedFile, name: str) -> bool:
    return file.path == name or file.path.startswith(f"{name}/")


def _refuse(
    own: Sequence[ImportedFile],
    fitting: Sequence[ImportedFile],
    name: str,
    goal: str | None,
    undone: Sequence[ImportedFile],
) -> None:
    if fitting:
        raise UsageError(
            f"'{name}' is joined to the rows of other files: it gave none of its own",
            hint="send it mended, and its main files are joined anew",
        )
    if any(_is_called(file, name) for file in undone):
        raise UsageError(f"'{name}' is undone already", hint="`runner redo` takes it back")
    paths = [file.path for file in own if file.is_main]
    known = [*paths, *(PurePosixPath(path).name for path in paths)]
    of_goal = f" of '{goal}'" if goal else ""
    raise UsageError(
        f"no such file{of_goal}: '{name}'.{nearest(name, known)}",
        hint='`runner query "select path from runner.files"` lists what was imported',
    )


def undone_in(ledger: Ledger, keys: Sequence[UndoneKey], build_id: str) -> Ledger:
    """Return a ledger as if some files had never come, with marks that a build undid them."""
    taken = [file for file in ledger.files if file.key in keys]
    return ledger.without(tuple(taken), build_id)
