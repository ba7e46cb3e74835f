"""Imported files as a user names them: a path, an archive, or the last part of one path."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from runner.errors import UsageError, nearest
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger


def files_to_undo(ledger: Ledger, name: str, goal: str | None) -> list[ImportedFile]:
    """Return the imports of the main file that a name fits, in all goals or in one.

    Raises UsageError where the name fits no main file, or several.
    """
    own = _of_goal(ledger.files, goal)
    main = _main_files(own, name)
    if not main and _fitting(own, name):
        raise UsageError(
            f"'{name}' is joined to the rows of other files: it gave none of its own",
            hint="correct the file and send it again: its main files are joined again",
        )
    if not main and _fitting(ledger.undone.kept_out, name):
        raise UsageError(f"'{name}' is undone already", hint="`runner redo` imports it again")
    return _one_file(main, own, name, goal)


def files_to_redo(ledger: Ledger, name: str, goal: str | None) -> list[ImportedFile]:
    """Return the undone files that a name fits; raises UsageError as `files_to_undo` does."""
    if _fitting(_of_goal(ledger.files, goal), name) and not _fitting(ledger.undone.kept_out, name):
        raise UsageError(f"'{name}' is not undone: its rows are in the warehouse")
    own = _of_goal(ledger.undone.kept_out, goal)
    return _one_file(_main_files(own, name), own, name, goal)


def _of_goal(files: Iterable[ImportedFile], goal: str | None) -> list[ImportedFile]:
    """Return the files of a goal, named with or without its connection, or of a connection."""
    return [file for file in files if goal is None or goal in (file.goal, *file.goal.split(".", 1))]


def _main_files(own: Sequence[ImportedFile], name: str) -> list[ImportedFile]:
    by_path = [file for file in own if _has_path(file, name)]
    return [file for file in by_path or _fitting(own, name) if file.is_main]


def _fitting(files: Sequence[ImportedFile], name: str) -> list[ImportedFile]:
    return [
        file for file in files if _has_path(file, name) or PurePosixPath(file.path).name == name
    ]


def _has_path(file: ImportedFile, name: str) -> bool:
    return file.path == name or file.path.startswith(f"{name}/")


def _one_file(
    main: Sequence[ImportedFile], own: Sequence[ImportedFile], name: str, goal: str | None
) -> list[ImportedFile]:
    """Return the imports, where all are of one file of one connection."""
    if not main:
        raise _no_such_file(own, name, goal)
    files = {(file.goal.split(".")[0], "" if _has_path(file, name) else file.path) for file in main}
    if len(files) > 1:
        several = sorted({f"{file.goal}: {file.path}" for file in main})
        raise UsageError(
            f"several files are called '{name}': {', '.join(several)}",
            hint="write the path, and `--goal` with the goal or the connection",
        )
    return list(main)


def _no_such_file(own: Sequence[ImportedFile], name: str, goal: str | None) -> UsageError:
    paths = [file.path for file in own if file.is_main]
    known = [*paths, *(PurePosixPath(path).name for path in paths)]
    of_goal = f" of '{goal}'" if goal else ""
    return UsageError(
        f"no such file{of_goal}: '{name}'.{nearest(name, known)}",
        hint='`runner query "select path from runner.files"` lists what was imported',
    )
