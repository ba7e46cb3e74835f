"""Names that refer to one another: each must exist, and fit what it refers to."""

from collections.abc import Collection, Iterable, Iterator

from runner.definitions.check_consent import consent_faults
from runner.definitions.check_events import event_faults, event_type_faults
from runner.definitions.check_exports import export_faults, same_file_faults
from runner.definitions.check_groups import group_faults
from runner.definitions.check_identity import identity_faults
from runner.definitions.check_targets import target_faults
from runner.definitions.connection import Connection
from runner.definitions.declaration import Declaration
from runner.definitions.file_source import named_sources, reference
from runner.definitions.format import Format
from runner.definitions.import_goal import ImportGoal, ImportGroups
from runner.definitions.import_products import ImportProducts, feed_properties
from runner.definitions.model_file import TESTS, SnapshotDocument, Test
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.definitions.remote_path import WILDCARD, folder_fault, glob_fault
from runner.definitions.sql_file import defined_tests
from runner.definitions.strategy import misfit
from runner.definitions.unit_test import UnitTest
from runner.errors import DefinitionError, Fault, choices, nearest, unknown


def check_project(project: Project) -> None:
    """Check every reference between declarations.

    Raises DefinitionError with all faults: unknown properties, segments, connections and
    file sources, names given twice, strategies that do not fit a property's type.
    """
    faults = [*_project_faults(project), *event_type_faults(project.event_types)]
    faults += _sharing_faults(project)
    faults += [*group_faults(project), *identity_faults(project), *consent_faults(project)]
    for connection in project.connections:
        faults += _twice(connection.goals, "goal")
        for goal in connection.goals:
            if isinstance(goal, ImportGoal):
                faults += [*_file_faults(goal), *_filled_faults(goal, project)]
                faults += event_faults(goal, project.event_types)
            else:
                faults += export_faults(goal, project)
    faults += [*same_file_faults(project), *_model_faults(project)]
    if faults:
        raise DefinitionError(faults)


def _twice(named: Iterable[Declaration], what: str) -> Iterator[Fault]:
    field = "connection" if what == "connection" else "name"
    seen: dict[str, Declaration] = {}
    for item in named:
        name = getattr(item, field)
        if name in seen:
            first = seen[name].location(field)
            yield Fault(item.location(field), f"the {what} '{name}' is already declared at {first}")
            if what == "connection":  # Which of the two files is wrong, nothing says.
                again = item.location(field)
                yield Fault(first, f"the {what} '{name}' is declared again at {again}")
        seen[name] = item


def _project_faults(project: Project) -> Iterator[Fault]:
    file = project.file
    if file.target not in file.targets:
        yield Fault(file.location("target"), unknown("target", file.target, file.targets))
    names = [connection.connection for connection in project.connections]
    for target in file.targets.values():
        yield from target_faults(target)
        for name in target.connections:
            # The name of a broken connection may be what is wrong with it.
            if name not in names and not project.broken:
                location = target.location("connections", name, of_key=True)
                yield Fault(location, unknown("connection", name, names))
    yield from _twice(project.connections, "connection")
    for connection in project.connections:
        yield from _access_faults(connection)
        yield from _notify_faults(connection, project)


def _sharing_faults(project: Project) -> Iterator[Fault]:
    """Give a fault for each goal of `shared_by` that is not there."""
    goals = [f"{it.connection}.{goal.name}" for it in project.connections for goal in it.goals]
    declared = [*project.properties.values()]
    declared += [item for kind in project.group_types.values() for item in kind.properties.values()]
    for item in declared:
        for name in item.shared_by:
            # The goals of a broken connection are not known.
            if name not in goals and not project.broken:
                yield Fault(item.location("shared_by"), unknown("goal", name, goals))


def _notify_faults(connection: Connection, project: Project) -> Iterator[Fault]:
    if project.file.mail is None:
        for event in ("on_error", "on_success"):
            if getattr(connection.notify, event):
                location = connection.notify.location(event, of_key=True)
                message = f"`{event}` sends mail, and `mail` is missing in runner_project.yml"
                yield Fault(location, message)


def _access_faults(connection: Connection) -> Iterator[Fault]:
    if connection.type == "sftp" and not connection.host:
        yield Fault(
            connection.location("connection"), "`host` is missing: the connection is of type sftp"
        )
    if WILDCARD.search(connection.path):
        message = f"found '{connection.path}'; expected one folder: wildcards work in file names"
        yield Fault(connection.location("path"), message)


def _file_faults(goal: ImportGoal) -> Iterator[Fault]:
    above: list[str] = []
    for name, source in goal.files.items():
        if above and not source.join:
            location = goal.location("files", name, of_key=True)
            message = (
                f"`{name}` is not joined to any file: add `join: {{its_column: {above[0]}.column}}`"
            )
            yield Fault(location, message)
        for column, other in source.join.items():
            location = source.location("join", column)
            split = reference(other)
            if split is not None and split[0] not in above and split[0].isidentifier():
                yield Fault(location, unknown("file source above this one", split[0], above))
            elif not named_sources(other, above):
                yield Fault(
                    location,
                    f"found '{other}'; expected `source.column` of a file above, or an expression"
                    f" over such columns. Files above: {choices(above)}",
                )
        above.append(name)
        for key, fault in (
            ("path", glob_fault(source.path or "")),
            ("directory", folder_fault(source.directory or "")),
        ):
            if fault:
                yield Fault(source.location(key), fault)
        yield from _format_faults(goal.format_of(name))


def _format_faults(form: Format) -> Iterator[Fault]:
    if form.decimal == form.thousands:
        message = f"`decimal` and `thousands` are both '{form.decimal}'"
        yield Fault(form.location("thousands"), message)
    for word in sorted({*form.true_words} & {*form.false_words}):
        message = f"'{word}' is one of `true_values` and of `false_values`"
        yield Fault(form.location("true_values"), message)


def _filled_faults(goal: ImportGoal, project: Project) -> Iterator[Fault]:
    """Return what is wrong with the properties that a goal fills."""
    if isinstance(goal, ImportProducts):
        properties = feed_properties(project.event_types)
        yield from _map_faults(goal, properties, "models/events/order.yml, at `product`")
    elif not isinstance(goal, ImportGroups):
        yield from _map_faults(goal, project.properties, "models/properties.yml")
    elif goal.group_type not in project.group_types:
        types = project.group_types
        message = unknown("group type", goal.group_type, types, "; declare it in models/groups/")
        yield Fault(goal.location("group_type"), message)
    else:
        properties = project.group_types[goal.group_type].properties
        yield from _map_faults(goal, properties, f"models/groups/{goal.group_type}.yml")


def _map_faults(goal: ImportGoal, properties: dict[str, Property], file: str) -> Iterator[Fault]:
    hint = f"; declare it in {file}"
    for number, item in enumerate(goal.identify.by):
        for name in item:
            if name not in properties:
                location = goal.identify.location("by", number, name, of_key=True)
                yield Fault(location, unknown("property", name, properties, hint))
            elif properties[name].multi:
                location = goal.identify.location("by", number, name, of_key=True)
                yield Fault(location, f"`{name}` takes several values: it cannot identify anything")
    for name, mapping in goal.map.items():
        if name not in properties:
            location = goal.location("map", name, of_key=True)
            yield Fault(location, unknown("property", name, properties, hint))
        elif found := misfit(mapping.strategy, name, properties[name]):
            yield Fault(mapping.location("strategy"), found)


def _test_faults(test: Test, known: Collection[str]) -> Iterator[Fault]:
    if test.name not in known:
        guess = nearest(test.name, known)
        message = (
            f"unknown test `{test.name}`.{guess} Allowed here: {choices(known)};"
            " a block `test` in macros/ or tests/generic/ defines another"
        )
        yield Fault(test.location("name"), message)


def _model_faults(project: Project) -> Iterator[Fault]:
    models = [model.name for model in project.models]
    known = (*TESTS, *defined_tests(project.macros))
    for name, document in project.documents.items():
        if name not in models:
            message = unknown("model", name, models)
            if isinstance(document, SnapshotDocument):
                message = (
                    f"the snapshot '{name}' has no rows: state `relation`, such as ref('model'), or"
                    f" write a block {{% snapshot {name} %}} in snapshots/"
                )
            yield Fault(document.location("name"), message)
        for test in (*document.tests, *(test for it in document.columns for test in it.tests)):
            yield from _test_faults(test, known)
    first: dict[str, UnitTest] = {}
    for unit in project.unit_tests:
        if unit.model not in models:
            yield Fault(unit.location("model"), unknown("model", unit.model, models))
        if unit.name in (*models, *first):
            yield Fault(unit.location("name"), f"the name `{unit.name}` is taken")
        first[unit.name] = unit
