"""Main files that a goal cannot use: each is left, and the others are imported (F10)."""

from collections.abc import Collection, Mapping, Sequence

from runner.compile.column_names import is_data, listed_names
from runner.compile.import_plan import ImportPlan
from runner.compile.import_resolver import Headers, resolve_import, resolve_without_files
from runner.compile.wrong_separator import wrong_separators
from runner.errors import DefinitionError, Location, RunnerError, StageError, counted, nearest
from runner.imports.goal_files import GoalFiles
from runner.stage.readable_file import ReadableFile
from runner.workspace.workspace import Workspace

SHOWN = 5
"""Missing columns, or files, that a message names."""


def leave_unusable(
    workspace: Workspace, connection: str, files: GoalFiles, may_leave: Collection[str]
) -> dict[str, StageError]:
    """Leave the main files that cannot be read, or lack a column; return their errors by path.

    Raises the error of the first where none can be used, and of one that is not in `may_leave`:
    what it gave before would be lost.
    """
    main = files.goal.main
    left = files.unreadable(main)
    for path, error in left.items():
        if path not in may_leave:
            raise error
    files.leave(main, left)
    if left and not files.of(main):
        raise none_usable(left)
    unfit = _Columns(workspace, connection, files).unfit()
    unfit = {path: error for path, error in unfit.items() if path in may_leave}
    files.leave(main, unfit)
    return left | unfit


class NothingUsable(StageError):
    """A goal can use none of its new files."""


def none_usable(left: Mapping[str, StageError]) -> NothingUsable:
    """Return the error of a goal that can use none of its files: the first one, with the others."""
    first, *others = left
    more = f"; {named_files(others, 'not usable either')}" if others else ""
    error = left[first]
    return NothingUsable(f"{error.message}{more}", error.location, error.hint, left, error.cause)


def left_out(path: str, error: RunnerError) -> str:
    """Return the warning about a main file that is left, while others are imported."""
    named = "" if path in error.message else f"{path}: "
    return f"a file is left, the others are imported: {named}{error}"


def named_files(paths: Collection[str], state: str) -> str:
    """Return which files are in a state, in one line: `1 file is empty: a.csv`; empty for none."""
    more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
    files = counted(len(paths), "file is", "files are")
    return f"{files} {state}: {', '.join([*paths][:SHOWN])}{more}" if paths else ""


def left_summary(paths: Collection[str]) -> str:
    """Return which main files are left, in one line; empty where none is."""
    return named_files(paths, "left")


class _Columns:
    """Compares the columns of main files with those that their goal needs."""

    def __init__(self, workspace: Workspace, connection: str, files: GoalFiles) -> None:
        self.workspace = workspace
        self.connection = connection
        self.files = files
        self.goal = files.goal
        self.main = files.goal.main

    def unfit(self) -> dict[str, StageError]:
        """Return the error of each file that lacks a column; of none where all of them do.

        Raises StageError where no file has a single one of the columns.
        """
        found = [file for file in self.files.of(self.main) if file.header]
        headers = list(dict.fromkeys(file.header for file in found))
        if len(headers) < 2:
            self._check_any(found)
            return {}
        whole = self._plan(self.files.header(self.main))
        plans = dict.fromkeys(headers, whole)
        if isinstance(whole, DefinitionError):
            plans = {header: self._plan(header) for header in headers}
        plan = next((plan for plan in plans.values() if isinstance(plan, ImportPlan)), None)
        if plan is None:
            self._check_any(found)
            return {}
        errors = {file.remote_path: self._error(file, plan, plans[file.header]) for file in found}
        if all(errors.values()):
            return {}
        return {path: error for path, error in errors.items() if error}

    def _error(
        self, file: ReadableFile, plan: ImportPlan, own: ImportPlan | DefinitionError
    ) -> StageError | None:
        """Return why a file does not fit a plan, or does not fit the goal at all."""
        missing = _missing(_needed(plan, self.main), file.header)
        if missing:
            return self._lacking(file, missing)
        if isinstance(own, DefinitionError):
            fault = own.faults[0]
            return StageError(f"the file {file.remote_path}: {fault.message}", fault.location)
        return None

    def _plan(self, header: tuple[str, ...]) -> ImportPlan | DefinitionError:
        """Return the goal resolved for main files with a header, or why it is not."""
        headers: Headers = {**self.files.headers(), self.main: header}
        paths = {
            name: [file.remote_path for file in readable]
            for name, readable in self.files.readable().items()
        }
        project, environment = self.workspace.project, self.workspace.library.environment
        try:
            return resolve_import(self.connection, self.goal, headers, project, environment, paths)
        except DefinitionError as error:
            return error

    def _check_any(self, found: Sequence[ReadableFile]) -> None:
        """Raise one error where files have none of several columns: they are something else."""
        project, environment = self.workspace.project, self.workspace.library.environment
        plan = resolve_without_files(self.connection, self.goal, project, environment)
        needed = _needed(plan, self.main)
        if not found or len(needed) < 2:
            return
        if all(len(_missing(needed, file.header)) == len(needed) for file in found):
            raise none_usable({file.remote_path: self._lacking(file, needed) for file in found})

    def _lacking(self, file: ReadableFile, missing: Sequence[str]) -> StageError:
        """Return the error of a file without some columns; of one that is not split, that."""
        headers, paths = {self.main: file.header}, {self.main: [file.remote_path]}
        for wrong in wrong_separators(self.connection, self.goal, headers, paths):
            return StageError(wrong.message, wrong.location, cause=wrong.cause)
        return _error(file, missing, self._location())

    def _location(self) -> Location:
        return self.goal.location("files", self.main, of_key=True)


def _needed(plan: ImportPlan, main: str) -> tuple[str, ...]:
    """Return the columns that every main file must have."""
    source = next(source for source in plan.sources if source.name == main)
    return tuple(column for column in source.columns if column not in source.rest)


def _missing(needed: Sequence[str], header: Sequence[str]) -> tuple[str, ...]:
    there = {column.lower() for column in header}
    return tuple(column for column in needed if column.lower() not in there)


def _error(file: ReadableFile, missing: Sequence[str], location: Location) -> StageError:
    more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
    names = ", ".join(f"'{column}'" for column in missing[:SHOWN])
    near = "" if is_data(file.header) else nearest(missing[0], file.header)
    return StageError(
        f"the file {file.remote_path} has no column {names}{more}.{near}"
        f" Its columns: {listed_names(file.header)}",
        location,
    )
