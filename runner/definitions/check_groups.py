"""Checks of group types: each has an identifier, and those that profiles name exist."""

from collections.abc import Iterable, Iterator

from runner.definitions.export_goal import Column, ExportProfiles
from runner.definitions.import_goal import ImportGroups
from runner.definitions.project import Project
from runner.errors import Fault, choices, nearest

OF_GROUPS = ("property", "group_id", "members", "text", "expression", "change")
"""Kinds of columns that an export of groups may have."""


def group_faults(project: Project) -> Iterator[Fault]:
    """Return what is wrong with group types, and with the properties that name groups (G1)."""
    for declared in project.group_types.values():
        if declared.identifier is None:
            yield Fault(
                declared.location("properties"),
                "a group type needs a property with `identifier: true`, by which profiles name"
                " their groups",
            )
        for name, item in declared.properties.items():
            if item.permission_level is not None:
                message = "only a property of profiles needs a level"
                yield Fault(item.location("permission_level"), f"`{name}`: {message}")
            if item.group is not None:
                message = "only a property of profiles names a group"
                yield Fault(item.location("group"), f"`{name}`: {message}")
    for connection in project.connections:
        for goal in connection.goals:
            if isinstance(goal, ExportProfiles):
                yield from _export_faults(goal, project)
    yield from _membership_faults(project)


def _membership_faults(project: Project) -> Iterator[Fault]:
    """Return what is wrong with properties of profiles that name groups."""
    types = project.group_types
    for name, item in project.properties.items():
        known = types.get(item.group or "")
        if known and known.identifier and known.properties[known.identifier].type != item.type:
            expected = known.properties[known.identifier].type
            yield Fault(
                item.location("group"),
                f"`{name}` is {item.type}, and `{known.identifier}` of {item.group} is {expected}:"
                " give both the same type",
            )
        if item.group is not None and item.group not in types:
            guess = nearest(item.group, types)
            yield Fault(
                item.location("group"),
                f"there is no group type '{item.group}'.{guess} Declared:"
                f" {choices(types) or 'none'}; declare it in models/groups/{item.group}.yml",
            )


def _export_faults(goal: ExportProfiles, project: Project) -> Iterator[Fault]:
    """Return what is wrong with columns of groups, and with exports of groups."""
    if goal.of_groups and goal.of_groups not in project.group_types:
        message = _unknown("group type", goal.of_groups, project.group_types)
        yield Fault(goal.location("group_type"), message)
        return
    for column in goal.columns:
        if goal.of_groups and (column.group or column.kind not in OF_GROUPS):
            kind = "group" if column.group else column.kind
            message = f"an export of groups has no `{kind}`. Allowed here: {choices(OF_GROUPS)}"
            yield Fault(column.location(kind, of_key=True), message)
        elif column.kind in ("group_id", "members") and not goal.of_groups:
            message = f"`{column.kind}` is for goals of kind export_groups"
            yield Fault(column.location(column.kind, of_key=True), message)
        elif column.group is not None and column.group not in project.group_types:
            message = _unknown("group type", column.group, project.group_types)
            yield Fault(column.location("group"), message)
        else:
            yield from _property_faults(column, column.group or goal.of_groups, project)


def _property_faults(column: Column, group_type: str, project: Project) -> Iterator[Fault]:
    name = column.property_name
    if name is None or not group_type:
        return
    properties = project.group_types[group_type].properties
    if name not in properties and not _may_be_rest(project, group_type, name):
        message = _unknown(f"property of {group_type}", name, properties)
        yield Fault(column.location("property"), message)


def _may_be_rest(project: Project, group_type: str, name: str) -> bool:
    """Tell whether a `map_rest` may declare this property once headers are known."""
    goals = [goal for connection in project.connections for goal in connection.goals]
    return any(
        isinstance(goal, ImportGroups)
        and goal.group_type == group_type
        and goal.map_rest is not None
        and name.startswith(goal.map_rest.prefix)
        for goal in goals
    )


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    known = list(known)
    guess = nearest(name, known)
    return f"there is no {what} '{name}'.{guess} Declared: {choices(known) or 'none'}"
