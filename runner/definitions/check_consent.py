"""Checks of consent: every objective that is named must be declared (C1)."""

from collections.abc import Iterator

from runner.definitions.connection import Connection, Goal
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal, ImportProfiles, Mapping
from runner.definitions.objective import CONSENT
from runner.definitions.project import Project
from runner.errors import Fault, Location, choices, nearest


def consent_faults(project: Project) -> Iterator[Fault]:
    """Return unknown objectives, those declared twice, and consent that is mapped wrongly."""
    names = [objective.name for objective in project.file.objectives]
    for number, objective in enumerate(project.file.objectives):
        if objective.name in names[:number]:
            first = project.file.objectives[names.index(objective.name)].location("name")
            message = f"the objective '{objective.name}' is already declared at {first}"
            yield Fault(objective.location("name"), message)
    for connection in project.connections:
        yield from _listed(connection, names)
        for goal in connection.goals:
            yield from _goal_faults(goal, names)


def _goal_faults(goal: Goal, names: list[str]) -> Iterator[Fault]:
    if isinstance(goal, ImportProfiles | ExportProfiles):
        yield from _listed(goal, names)
    if isinstance(goal, ExportProfiles):
        for column in goal.columns:
            if column.consent is not None and column.consent not in names:
                yield _unknown(column.location("consent"), column.consent, names)
    elif isinstance(goal, ImportGoal):
        for name, mapping in goal.consent.items():
            location = goal.location("map", f"{CONSENT}{name}", of_key=True)
            if not isinstance(goal, ImportProfiles):
                yield Fault(location, "people consent: only a goal of kind import_profiles maps it")
            elif name not in names:
                yield _unknown(location, name, names)
            yield from _strategy_faults(name, mapping)


def _strategy_faults(name: str, mapping: Mapping) -> Iterator[Fault]:
    if mapping.strategy != "set" or mapping.latest_by is not None:
        message = f"the last thing said counts: `{CONSENT}{name}` takes no strategy"
        yield Fault(mapping.location("strategy"), message)


def _listed(
    declared: Connection | ImportProfiles | ExportProfiles, names: list[str]
) -> Iterator[Fault]:
    for number, name in enumerate(declared.objectives):
        if name not in names:
            yield _unknown(declared.location("objectives", number), name, names)


def _unknown(location: Location, name: str, names: list[str]) -> Fault:
    declared = f"Declared: {choices(names) or 'none'}; declare it in runner_project.yml"
    return Fault(location, f"there is no objective '{name}'.{nearest(name, names)} {declared}")
