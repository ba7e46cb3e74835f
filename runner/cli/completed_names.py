"""Names that a shell completes: nodes, goals and targets of the project at hand."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

    from runner.definitions.project import Project


def targets(context: "click.Context", _: "click.Parameter", begun: str) -> list[str]:
    """Return the targets that begin so."""
    project = _project(context)
    return _beginning(begun, project.file.targets if project else ())


def selectors(context: "click.Context", _: "click.Parameter", begun: str) -> list[str]:
    """Return the selectors of selectors.yml that begin so."""
    project = _project(context)
    return _beginning(begun, project.selectors if project else ())


def nodes(context: "click.Context", _: "click.Parameter", begun: str) -> list[str]:
    """Return the goals and models, and the methods of selectors, that begin so."""
    from runner.compile.selection import METHODS

    project = _project(context)
    if project is None:
        return []
    names = [f"{it.connection}.{goal.name}" for it in project.connections for goal in it.goals]
    names += [file.name for file in (*project.models, *project.tests)]
    lead = begun[: len(begun) - len(begun.lstrip("+@0123456789"))]
    names += [f"{method}:" for method in METHODS]
    return [f"{lead}{name}" for name in _beginning(begun[len(lead) :], names)]


def _beginning(begun: str, names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if name.startswith(begun))


def _project(context: "click.Context") -> "Project | None":
    """Read the project at hand; None where there is none: a shell gets no messages."""
    from runner.definitions.project import read_readable
    from runner.errors import RunnerError

    try:
        return read_readable(Path(context.params.get("project_dir") or "."))
    except RunnerError:
        return None
