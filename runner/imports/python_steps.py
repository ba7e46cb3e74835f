"""The Python steps of an import goal: loaded from the project, and given to the engine (R4)."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from runner.compile.import_plan import ImportPlan
from runner.compile.planned_step import PythonCall
from runner.definitions.project import Project
from runner.definitions.python_file import PythonFile
from runner.engine.project_function import ProjectFunction
from runner.engine.raised import Raised, raised_of
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError, Location


def add_python_steps(warehouse: Warehouse, project: Project, plan: ImportPlan) -> None:
    """Make the functions that a goal's steps call known to the engine.

    Raises ExecutionError where a module cannot be loaded, or pyarrow is not installed.
    """
    for call in plan.calls:
        module, _, function = call.function.partition(":")
        loaded = _load(project.root, project.python_files[module], call)
        added = ProjectFunction(
            call.name,
            getattr(loaded, function),
            tuple(name for name, _ in call.given),
            call.makes,
            call.function,
            partial(_modules, project.root, Path(loaded.__file__)),
            _teller(project.root, call),
        )
        warehouse.add_function(added)


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
            raise _teller(root, call)("it cannot be loaded", raised_of(error)) from error
    return module


def _modules(root: Path, file: Path) -> dict[str, tuple[str, str]]:
    """Return the modules beside one, and beside those of the project that it imported."""
    loaded = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
    imported = (
        Path(path)
        for name, path in loaded.items()
        if path and _module_name(root, Path(path)) == name
    )
    folders = {path.parent for path in (file, *imported)}
    return {
        _module_name(root, path): (str(path), path.read_text(encoding="utf-8"))
        for folder in folders
        for path in sorted(folder.glob("*.py"))
    }


def _module_name(root: Path, path: Path) -> str:
    """Return the name by which a module of the project is imported; empty for other modules."""
    if not path.is_relative_to(root):
        return ""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@contextmanager
def _importing_from(root: Path) -> Iterator[None]:
    sys.path.insert(0, str(root))
    try:
        yield
    finally:
        sys.path.remove(str(root))


def _teller(root: Path, call: PythonCall) -> Callable[[str, Raised | None], ExecutionError]:
    """Return the function that turns a failed call into an error.

    The message of an exception may hold personal data: only its type and line are shown.
    """

    def failed(what: str, raised: Raised | None) -> ExecutionError:
        if raised is None:
            return ExecutionError(f"{call.function}: {what}", call.location)
        own = [frame for frame in raised.frames if Path(frame[0]).is_relative_to(root)]
        where = ""
        if own:
            file, line, column = own[-1]
            where = f" at {Location(Path(file).relative_to(root).as_posix(), line, column)}"
        if raised.missing:
            where += f": {raised.missing}"
        message = f"{call.function}: {what}: {raised.kind}{where}"
        hint = "" if raised.missing else "its own message may hold personal data, and is not shown"
        return ExecutionError(message, call.location, hint)

    return failed
