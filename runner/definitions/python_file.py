"""A Python module of the project, whose functions are steps of imports (R4)."""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from runner.definitions.connection import Connection
from runner.definitions.import_goal import ImportGoal, Step
from runner.errors import Fault, Location, choices, nearest

FUNCTION = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*")


@dataclass(frozen=True)
class PythonFile:
    """The text of one module; `path` is relative to the project, as messages show it."""

    path: str
    text: str
    # Names of the functions at its top level.
    functions: tuple[str, ...]


def read_python_files(
    root: Path, connections: Iterable[Connection], faults: list[Fault]
) -> dict[str, PythonFile]:
    """Read the modules that steps of the project name: module -> file.

    A module that is not there, cannot be parsed or lacks the function is a fault; none is run.
    """
    files: dict[str, PythonFile | None] = {}
    for step in _python_steps(connections):
        assert step.python is not None
        if not FUNCTION.fullmatch(step.python):
            message = f"found '{step.python}'; expected `module:function`"
            faults.append(Fault(step.location("python"), message))
            continue
        module, _, function = step.python.partition(":")
        if module not in files:
            files[module] = _read(root, module, step, faults)
        file = files[module]
        if file is not None and function not in file.functions:
            guess = nearest(function, file.functions)
            message = f"{file.path} has no function '{function}'.{guess}"
            known = choices(file.functions) or "none"
            faults.append(Fault(step.location("python"), f"{message} Its functions: {known}"))
    return {module: file for module, file in files.items() if file is not None}


def _python_steps(connections: Iterable[Connection]) -> list[Step]:
    goals = [goal for connection in connections for goal in connection.goals]
    steps = [step for goal in goals if isinstance(goal, ImportGoal) for step in goal.process]
    return [step for step in steps if step.python is not None]


def _read(root: Path, module: str, step: Step, faults: list[Fault]) -> PythonFile | None:
    name = f"{module.replace('.', '/')}.py"
    path = root / name
    if not path.is_file():
        near = (found.relative_to(root).as_posix() for found in path.parent.glob("*.py"))
        message = f"there is no file {name} in the project.{nearest(name, near)}"
        faults.append(Fault(step.location("python"), message))
        return None
    try:
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
    except UnicodeDecodeError as error:
        faults.append(Fault(Location(name), f"the file is not UTF-8 (byte {error.start})"))
    except (SyntaxError, ValueError) as error:
        line, column = getattr(error, "lineno", 1) or 1, getattr(error, "offset", 1) or 1
        faults.append(Fault(Location(name, line, column), getattr(error, "msg", str(error))))
    else:
        functions = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
        return PythonFile(name, text, tuple(functions))
    return None
