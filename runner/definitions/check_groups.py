"""What is said of group types: each needs an identifier, and profiles name types that are there."""

from collections.abc import Iterator

from runner.definitions.project import Project
from runner.errors import Fault, choices, nearest


def group_faults(project: Project) -> Iterator[Fault]:
    """Return what is wrong with group types, and with the properties that name groups (G1)."""
    for declared in project.group_types.values():
        if declared.identifier is None:
            yield Fault(
                declared.place("properties"),
                "a group type needs a property with `identifier: true`, by which profiles name"
                " their groups",
            )
        for name, item in declared.properties.items():
            if item.group is not None:
                message = "only a property of profiles names a group"
                yield Fault(item.place("group"), f"`{name}`: {message}")
    types = project.group_types
    for item in project.properties.values():
        if item.group is not None and item.group not in types:
            guess = nearest(item.group, types)
            yield Fault(
                item.place("group"),
                f"there is no group type '{item.group}'.{guess} Declared:"
                f" {choices(types) or 'none'}; declare it in models/groups/{item.group}.yml",
            )
