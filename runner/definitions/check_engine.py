"""What an engine cannot do yet: refused by name, at its line."""

from collections.abc import Iterator

from runner.definitions.import_goal import ImportGoal
from runner.definitions.project import Project
from runner.definitions.project_file import Target
from runner.errors import DefinitionError, Fault


def check_engine(project: Project, target: Target) -> None:
    """Raise DefinitionError with all of a project that the engine of a target cannot do yet."""
    faults = list(_faults(project)) if target.engine == "spark" else []
    if faults:
        raise DefinitionError(faults)


def _faults(project: Project) -> Iterator[Fault]:
    for connection in project.connections:
        for goal in connection.goals:
            if not (connection.enabled and goal.enabled):
                continue
            if isinstance(goal, ImportGoal) and any(step.python for step in goal.process):
                yield Fault(
                    goal.location("process", of_key=True),
                    "`engine: spark` does not know `python` steps yet;"
                    " docs/engines.md lists what it does",
                )
