"""What is personal data in the warehouse: declared so, or read from what feeds such a property."""

from collections.abc import Iterator
from dataclasses import dataclass

from runner.compile.import_plan import ImportPlan
from runner.definitions.import_goal import ImportGoal
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.errors import shape
from runner.inspect.known_plan import known_plan
from runner.inspect.personal import Personal, personal
from runner.workspace.declared_goal import all_goals
from runner.workspace.workspace import Workspace

ID = "id"
"""The id of an event, among its properties."""

EventValue = tuple[str, str, str]
"""An event type, a nested list of it or nothing, and a property."""


@dataclass(frozen=True)
class PersonalValues:
    """The properties whose values are shown as their shape."""

    # Of profiles; those of groups behind the type and a colon.
    properties: frozenset[str]
    # The properties that are declared, named in the same way.
    declared: frozenset[str]
    events: frozenset[EventValue]

    def has_identifier(self, identifier: str) -> bool:
        """Return whether an identifier has one of them, or one that is not declared any more.

        It is named as in `runner.identifiers`: `email+card`, `account:iban`.
        """
        group_type, colon, names = identifier.rpartition(":")
        open_names = self.declared - self.properties
        return not {f"{group_type}{colon}{name}" for name in names.split("+")} <= open_names


def personal_values(workspace: Workspace) -> PersonalValues:
    """Return what is personal by the declarations, and by what goals read it from.

    A goal that has a mistake, or that never read a file, adds nothing to the declarations.
    """
    declared = dict(_declared(workspace.project))
    properties = {name for name, one in declared.items() if one.pii}
    events = set(_declared_events(workspace.project))
    for name, (connection, goal) in all_goals(workspace.project).items():
        if not isinstance(goal, ImportGoal):
            continue
        plan = known_plan(workspace, connection.connection, goal, name)
        if plan is not None:
            masks = personal(plan, plan.properties, False)
            properties |= {*_properties(plan, masks)}
            events |= {*_events(plan, masks)}
    return PersonalValues(frozenset(properties), frozenset(declared), frozenset(events))


def shown_identifier(values: PersonalValues, identifier: str, value: str, show_pii: bool) -> str:
    """Return a value of an identifier, named as in `runner.identifiers`, as it may be shown."""
    return value if show_pii or not values.has_identifier(identifier) else shape(value)


def _declared(project: Project) -> Iterator[tuple[str, Property]]:
    yield from project.properties.items()
    for group_type, group in project.group_types.items():
        for name, declared in group.properties.items():
            yield f"{group_type}:{name}", declared


def _declared_events(project: Project) -> Iterator[EventValue]:
    for name, event in project.event_types.items():
        for key, declared in event.properties.items():
            if declared.pii:
                yield name, "", ID if key == event.id_property else key
                yield name, "", key
        for nested, items in event.nested.items():
            for key, declared in items.properties.items():
                if declared.pii:
                    yield name, nested, key


def _properties(plan: ImportPlan, masks: Personal) -> Iterator[str]:
    prefix = plan.entity.prefix
    for item in plan.assignments:
        if masks.has_value(item.declared, item.value):
            yield prefix + item.name
    for key in plan.identity_keys:
        for part in key.parts:
            if masks.has_value(part.declared, part.value):
                yield prefix + part.name


def _events(plan: ImportPlan, masks: Personal) -> Iterator[EventValue]:
    for event in plan.events:
        lists = [("", event.columns), *((nested.name, nested.columns) for nested in event.lists)]
        if event.id is not None:
            lists.append(("", (event.id,)))
        for nested, columns in lists:
            for column in columns:
                if masks.has_value(column.item.declared, column.item.value):
                    yield event.type, nested, column.name
