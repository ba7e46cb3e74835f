"""Warnings about a project that has no fault."""

from collections.abc import Iterable, Iterator, Mapping

from runner.definitions.connection import Access, Connection
from runner.definitions.declaration import Declaration
from runner.definitions.format import ExportFormat, Format
from runner.definitions.import_goal import ImportGoal, ImportGroups
from runner.definitions.import_products import ImportProducts
from runner.definitions.model_defaults import unused_defaults
from runner.definitions.project import Project
from runner.definitions.unread_files import unread_files
from runner.errors import Fault, Location


def project_warnings(project: Project) -> list[Fault]:
    """Return warnings, in the order of their locations.

    Properties that several goals map (P7), secrets written out, files and defaults that nothing
    reads.
    """
    broken = {item.name for item in project.broken}
    connections = [item for item in project.connections if item.connection not in broken]
    found = [*_mapped_twice(project, connections), *unread_files(project.root)]
    found += unused_defaults(project.file, project.models)
    for connection in connections:
        found += _secrets(connection, connection.connection)
        found += _pgp_secrets(connection)
    mail = project.file.mail
    if mail and mail.password and "{{" not in mail.password:
        message = "the password of the mail server is written out here; take it from env_var()"
        found.append(Fault(mail.location("password"), message))
    for target in project.file.targets.values():
        for name, access in target.connections.items():
            found += _secrets(access, name)
    return sorted(found)


def _mapped_twice(project: Project, connections: Iterable[Connection]) -> Iterator[Fault]:
    """Give one warning for each property that goals write which its `shared_by` does not name."""
    for (group, name), goals in _mapping_goals(connections).items():
        properties = project.group_types[group].properties if group else project.properties
        declared = properties.get(name)
        known = declared.shared_by if declared else ()
        if len(goals) < 2 or {*goals} <= {*known}:
            continue
        where = ", ".join(f"{goal} ({there.file}:{there.line})" for goal, there in goals.items())
        names = ", ".join(goals)
        message = (
            f"`{name}` is mapped by several goals, and the last that has a row wins: {where};"
            f" if that is meant, state `shared_by: [{names}]` on the property"
        )
        location = next(reversed(goals.values()))
        yield Fault(location, message)


def _mapping_goals(
    connections: Iterable[Connection],
) -> Mapping[tuple[str, str], dict[str, Location]]:
    """Return group type (or none) and property -> the goals that write it, each with its line."""
    found: dict[tuple[str, str], dict[str, Location]] = {}
    for connection in connections:
        for goal in connection.goals:
            if not isinstance(goal, ImportGoal) or isinstance(goal, ImportProducts):
                continue
            fills = goal.group_type if isinstance(goal, ImportGroups) else ""
            for mapped in goal.map:
                goals = found.setdefault((fills, mapped), {})
                name = f"{connection.connection}.{goal.name}"
                goals[name] = goal.location("map", mapped, of_key=True)
    return found


def _pgp_secrets(connection: Connection) -> Iterator[Fault]:
    for goal in connection.goals:
        formats: list[Format | ExportFormat | None] = [goal.format]
        if isinstance(goal, ImportGoal):
            formats += [source.format for source in goal.files.values()]
        for file_format in formats:
            if file_format is not None and file_format.pgp is not None:
                yield from _written_out(file_format.pgp, ("passphrase",), connection.connection)


def _secrets(access: Access, name: str) -> Iterator[Fault]:
    fields = ("password", "passphrase")
    yield from _written_out(access.authentication, fields, name)
    if access.proxy_jump:
        yield from _written_out(access.proxy_jump.authentication, fields, f"{name}_jump")


def _written_out(declared: Declaration, fields: tuple[str, ...], name: str) -> Iterator[Fault]:
    for field in fields:
        value = getattr(declared, field)
        if value and "{{" not in value:
            yield Fault(
                declared.location(field),
                f"the {field} of '{name}' is written out here; take it from the environment:"
                f" \"{{{{ env_var('{name.upper()}_{field.upper()}') }}}}\"",
            )
