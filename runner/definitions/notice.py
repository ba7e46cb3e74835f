"""What is worth a warning in a project that has no fault."""

from collections.abc import Iterator

from runner.definitions.connection import Access
from runner.definitions.import_goal import ImportGoal, ImportGroups
from runner.definitions.import_products import ImportProducts
from runner.definitions.project import Project
from runner.errors import Fault, Place


def notices(project: Project) -> list[Fault]:
    """Return warnings, in the order of their places.

    Properties that several goals map (P7), and secrets written out.
    """
    found = [*_mapped_twice(project)]
    for connection in project.connections:
        found += _secrets(connection, connection.connection)
    mail = project.file.mail
    if mail and mail.password and "{{" not in mail.password:
        message = "the password of the mail server is written out here; take it from env_var()"
        found.append(Fault(mail.place("password"), message))
    for target in project.file.targets.values():
        for name, access in target.connections.items():
            found += _secrets(access, name)
    return sorted(found)


def _mapped_twice(project: Project) -> Iterator[Fault]:
    first: dict[tuple[str, str], tuple[str, Place]] = {}
    for connection in project.connections:
        for goal in connection.goals:
            if not isinstance(goal, ImportGoal) or isinstance(goal, ImportProducts):
                continue
            name = f"{connection.connection}.{goal.name}"
            fills = goal.group_type if isinstance(goal, ImportGroups) else ""
            for mapped in goal.map:
                place = goal.place("map", mapped, of_key=True)
                if first.get((fills, mapped), (name,))[0] != name:
                    other, there = first[fills, mapped]
                    message = f"`{mapped}` is also mapped by {other} at {there.file}:{there.line}"
                    yield Fault(place, f"{message}; both write it, in that order")
                first.setdefault((fills, mapped), (name, place))


def _secrets(access: Access, name: str) -> Iterator[Fault]:
    for field in ("password", "passphrase"):
        value = getattr(access.authentication, field)
        if value and "{{" not in value:
            yield Fault(
                access.authentication.place(field),
                f"the {field} of '{name}' is written out here; take it from the environment:"
                f" \"{{{{ env_var('{name.upper()}_{field.upper()}') }}}}\"",
            )
