"""The Python steps of an import goal: loaded from the project, and given to the engine (R4)."""

import importlib.util
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from runner.compile.import_plan import ImportPlan
from runner.compile.planned_step import PythonCall
from runner.definitions.project import Project
from runner.definitions.python_file import PythonFile
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError, Location


def add_python_steps(warehouse: Warehouse, project: Project, plan: ImportPlan) -> None:
    """Make the functions that a goal's steps call known to the engine.

    Raises ExecutionError where a module cannot be loaded, or pyarrow is not installed.
    """
    for call in plan.calls:
        module, _, function = call.function.partition(":")
        loaded = _load(project.root, project.python_files[module], call)
        warehouse.add_function(
            call.name,
            getattr(loaded, function),
            tuple(name for name, _ in call.given),
            call.makes,
            _teller(project.root, call),
        )


def _load(root: Path, file: PythonFile, call: PythonCall) -> Any:
    """Run a module of the project; it may import others of the project."""
    name = f"{root.as_posix()}/{file.path}"
    spec = importlib.util.spec_from_file_location(name, root / file.path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with _importing_from(root):
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            raise _teller(root, call)("it cannot be loaded", error) from error
    return module


@contextmanager
def _importing_from(root: Path) -> Iterator[None]:
    sys.path.insert(0, str(root))
    try:
        yield
    finally:
        sys.path.remove(str(root))


def _teller(root: Path, call: PythonCall) -> Callable[[str, BaseException | None], ExecutionError]:
    """Return the function that turns a failed call into an error.

    The message of an exception may hold personal data: only its type and line are shown.
    """

    def failed(what: str, error: BaseException | None) -> ExecutionError:
        if error is None:
            return ExecutionError(f"{call.function}: {what}", call.location)
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if Path(frame.filename).is_relative_to(root)]
        where = ""
        if own:
            path = Path(own[-1].filename).relative_to(root).as_posix()
            where = f" at {Location(path, own[-1].lineno or 1, (own[-1].colno or 0) + 1)}"
        if isinstance(error, ImportError):
            where += f": {error}"
        message = f"{call.function}: {what}: {type(error).__name__}{where}"
        hint = "its own message may hold personal data, and is not shown"
        return ExecutionError(
            message, call.location, "" if isinstance(error, ImportError) else hint
        )

    return failed
