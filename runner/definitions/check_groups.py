"""What properties and goals say of group types: each name must exist, and fit the others."""

from collections.abc import Iterable, Iterator

from runner.definitions.declaration import Declaration
from runner.definitions.export_goal import Column, ExportProfiles
from runner.definitions.import_goal import ImportProfiles
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.errors import Fault, Place, choices, nearest

OF_GROUPS = ("property", "group_id", "members", "text")
"""Kinds of columns that an export of groups may have."""


def group_faults(project: Project) -> Iterator[Fault]:
    """Return what is wrong with group types, and with what refers to them."""
    yield from _type_faults(project)
    for name, declared in project.properties.items():
        if declared.group is not None:
            yield from _membership_faults(name, declared, project)
    for connection in project.connections:
        for goal in connection.goals:
            if goal.of_groups and goal.of_groups not in project.group_types:
                yield _unknown_type(goal, "group_type", goal.of_groups, project)
            elif isinstance(goal, ExportProfiles):
                for column in goal.columns:
                    yield from _column_faults(goal, column, project)


def _unknown(what: str, name: str, known: Iterable[str], hint: str = "") -> str:
    known = list(known)
    guess = nearest(name, known)
    return f"there is no {what} '{name}'.{guess} Declared: {choices(known) or 'none'}{hint}"


def _unknown_type(declared: Declaration, key: str, name: str, project: Project) -> Fault:
    hint = f"; declare it in models/groups/{name}.yml"
    message = _unknown("group type", name, project.group_types, hint)
    return Fault(declared.place(key), message)


def _type_faults(project: Project) -> Iterator[Fault]:
    models = {model.name: model for model in project.models}
    for name, group_type in project.group_types.items():
        identifying = [key for key, item in group_type.properties.items() if item.identifier]
        place = Place(f"models/groups/{name}.yml", 1)
        if not identifying:
            message = (
                f"the group type '{name}' has no identifier: write `identifier: true` at the"
                " property by which its groups are found"
            )
            yield Fault(place, message)
        for key, item in group_type.properties.items():
            if item.group is not None:
                message = "groups are no members of groups: `group` is for properties of profiles"
                yield Fault(item.place("group"), message)
            if item.identifier and item.multi:
                message = f"`{key}` takes several values: it cannot identify a group"
                yield Fault(item.place("multi"), message)
        if f"groups_{name}" in models:
            message = f"`groups_{name}` is the table of the group type '{name}'; call it otherwise"
            yield Fault(models[f"groups_{name}"].place, message)


def _membership_faults(name: str, declared: Property, project: Project) -> Iterator[Fault]:
    assert declared.group is not None
    group_type = project.group_types.get(declared.group)
    if group_type is None:
        yield _unknown_type(declared, "group", declared.group, project)
        return
    identifying = [item for item in group_type.properties.values() if item.identifier]
    if identifying and identifying[0].type != declared.type:
        message = (
            f"`{name}` is {declared.type}, and `{group_type.identifier}`, by which a"
            f" {declared.group} is found, is {identifying[0].type}: give both the same type"
        )
        yield Fault(declared.place("group"), message)


def _column_faults(goal: ExportProfiles, column: Column, project: Project) -> Iterator[Fault]:
    if goal.of_groups:
        if column.group is not None or column.kind not in OF_GROUPS:
            kind = "group" if column.group is not None else column.kind
            message = f"an export of groups has no `{kind}`. Allowed here: {choices(OF_GROUPS)}"
            yield Fault(column.place(kind, of_key=True), message)
            return
        yield from _property_faults(column, goal.of_groups, project)
    elif column.kind in ("group_id", "members"):
        message = f"`{column.kind}` is for goals of kind export_groups"
        yield Fault(column.place(column.kind, of_key=True), message)
    elif column.group is not None and column.group not in project.group_types:
        yield _unknown_type(column, "group", column.group, project)
    elif column.group is not None:
        yield from _property_faults(column, column.group, project)


def _property_faults(column: Column, group_type: str, project: Project) -> Iterator[Fault]:
    name = column.property_name
    properties = project.group_types[group_type].properties
    if name is None or name in properties or _may_be_rest(project, group_type, name):
        return
    message = _unknown(f"property of {group_type}", name, properties)
    yield Fault(column.place("property"), message)


def _may_be_rest(project: Project, group_type: str, name: str) -> bool:
    """Tell whether a `map_rest` may declare this property once headers are known."""
    goals = [goal for connection in project.connections for goal in connection.goals]
    return any(
        isinstance(goal, ImportProfiles)
        and goal.of_groups == group_type
        and goal.map_rest is not None
        and name.startswith(goal.map_rest.prefix)
        for goal in goals
    )
