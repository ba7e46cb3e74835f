"""The identifiers of an entity: of all goals together, and those that a row may be left out by."""

from collections.abc import Iterator
from dataclasses import dataclass

from runner.compile.entity import Entity, entity_of, profiles
from runner.compile.identity_key import identifier_name, lowest
from runner.compile.import_plan import ImportPlan
from runner.definitions.import_goal import ImportGoal
from runner.definitions.profile_property import Property
from runner.definitions.project import Project


@dataclass(frozen=True)
class Identifier:
    """A property, or several together, by which profiles are found."""

    name: str
    parts: tuple[tuple[str, Property], ...]

    @property
    def limit(self) -> int:
        """Return how many of its values a profile may hold (P9); 0 for any number."""
        return lowest(declared.limit for _, declared in self.parts)


def identifiers(entity: Entity, project: Project) -> tuple[Identifier, ...]:
    """Return every property, or set of properties, that some goal finds an entity's rows by."""
    properties = entity.properties
    sets: set[tuple[str, ...]] = {
        (name,) for name, declared in properties.items() if declared.identifier
    }
    for connection in project.connections:
        for goal in connection.goals:
            if isinstance(goal, ImportGoal) and entity_of(goal, project).table == entity.table:
                sets |= {tuple(item) for item in goal.identify.by}
    return tuple(
        Identifier(
            entity.prefix + identifier_name(names),
            tuple((name, properties[name]) for name in names),
        )
        for names in sorted(sets)
    )


def suppressible(plan: ImportPlan, project: Project) -> tuple[tuple[str, str], ...]:
    """Return the identifiers that a row holds: their name, and SQL over the row (C2).

    Those that it is linked by, and those that it would give to its profile. A row of a group names
    a person where a `pii` property has a value of any identifier of profiles.
    """
    keys = {key.identifier: key.column for key in plan.identity_keys}
    given = {
        plan.entity.prefix + item.name: f"cast({item.column} as string)"
        for item in plan.assignments
        if item.declared.identifier and not item.declared.multi
    }
    found = (*keys.items(), *((name, sql) for name, sql in given.items() if name not in keys))
    return (*found, *_named_in_group(plan, project)) if plan.entity.noun == "group" else found


def _named_in_group(plan: ImportPlan, project: Project) -> Iterator[tuple[str, str]]:
    """Give the `pii` values of a group's row under each identifier of profiles."""
    names = [
        declared.name
        for declared in identifiers(profiles(project.properties), project)
        if len(declared.parts) == 1
    ]
    for item in plan.assignments:
        if item.declared.pii and not item.declared.multi:
            yield from ((name, f"cast({item.column} as string)") for name in names)
