"""People named by an identifier, and all identifiers by which their profiles are known (C2)."""

import csv
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from runner.compile.entity import profiles
from runner.compile.import_models import identifiers
from runner.engine.duckdb.warehouse import Row, Warehouse
from runner.errors import UsageError, choices, nearest
from runner.history.suppressions import normalized
from runner.workspace.workspace import Workspace

PROFILE_ID = "profile_id"

Named = tuple[str, str]
"""An identifier and a value of it."""


@dataclass(frozen=True)
class Person:
    """Somebody who is to be erased or suppressed."""

    # Random; the same for all identifiers of one person in the list.
    key: str
    # Profiles that have one of the values named; none where nobody is known by them.
    profile_ids: tuple[str, ...]
    # Those named, and all others of these profiles.
    identifiers: tuple[Named, ...]


def named(workspace: Workspace, pairs: Sequence[str], file: Path | None) -> tuple[Named, ...]:
    """Return who is named on the command line and in a CSV file with a header of identifiers.

    Raises UsageError, which never tells a value, where a name is no identifier, a value is
    missing, or nobody is named.
    """
    known = _known(workspace)
    found = [_pair(number, pair, known) for number, pair in enumerate(pairs, 1)]
    if file is not None:
        found += _of_file(file, known)
    if not found:
        raise UsageError(
            "nobody is named", hint="name an identifier, such as email=an@acme.example, or --file"
        )
    return tuple(dict.fromkeys(found))


def _known(workspace: Workspace) -> list[str]:
    entity = profiles(workspace.project.properties)
    declared = identifiers(entity, workspace.project)
    return [PROFILE_ID, *(item.name for item in declared if len(item.parts) == 1)]


def _pair(number: int, pair: str, known: Sequence[str]) -> Named:
    name, equals, value = pair.partition("=")
    if not equals:
        raise UsageError(f"argument {number} is no identifier=value, such as email=an@acme.example")
    return _checked(name, value, known, f"argument {number}")


def _checked(name: str, value: str, known: Sequence[str], where: str) -> Named:
    if name not in known:
        raise UsageError(
            f"{where}: there is no identifier '{name}'.{nearest(name, known)}"
            f" Known: {choices(known)}"
        )
    value = normalized(value.strip())
    if not value:
        raise UsageError(f"{where}: `{name}` has no value")
    if name == PROFILE_ID:
        try:
            return name, str(UUID(value))
        except ValueError:
            raise UsageError(f"{where}: `profile_id` is no UUID") from None
    return name, value


def _of_file(path: Path, known: Sequence[str]) -> list[Named]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *lines = list(csv.reader(file, strict=True)) or [[]]
    except (OSError, UnicodeError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no CSV in UTF-8"
        raise UsageError(f"cannot read {path}: {reason}") from None
    header = [name.strip() for name in header]
    found = []
    for number, line in enumerate(lines, 2):
        if len(line) > len(header):
            raise UsageError(f"{path}:{number}: more fields than the header has")
        where = f"{path}:{number}"
        found += [
            _checked(name, value, known, where)
            for name, value in zip(header, line, strict=False)
            if value.strip()
        ]
    for name in header:
        if name not in known:
            _checked(name, "", known, f"{path}:1")
    return found


def find_people(warehouse: Warehouse | None, wanted: Iterable[Named]) -> tuple[Person, ...]:
    """Return a person for each value named; values of the same profile are one person."""
    values = tuple(wanted)
    owners = _owners(warehouse, values) if warehouse else {}
    people: list[Person] = []
    for number, pair in enumerate(values):
        mine = owners.get(number, ())
        held = [pair]
        if warehouse is not None:
            for profile_id in mine:
                held += _identifiers(warehouse, profile_id)
        people = _joined(people, Person(secrets.token_hex(8), mine, tuple(dict.fromkeys(held))))
    return tuple(people)


def merged(people: Iterable[Person]) -> tuple[Person, ...]:
    """Return people found in several warehouses, each once."""
    found: list[Person] = []
    for person in people:
        found = _joined(found, person)
    return tuple(found)


def _joined(people: list[Person], person: Person) -> list[Person]:
    """Return people with one more; whoever shares a profile, or was named so, is the same."""
    others = []
    for other in people:
        is_same = set(other.profile_ids) & set(person.profile_ids)
        if is_same or other.identifiers[0] == person.identifiers[0]:
            profile_ids = dict.fromkeys((*other.profile_ids, *person.profile_ids))
            held = dict.fromkeys((*other.identifiers, *person.identifiers))
            person = Person(other.key, tuple(profile_ids), tuple(held))
        else:
            others.append(other)
    return [*others, person]


def _owners(warehouse: Warehouse, values: Sequence[Named]) -> dict[int, tuple[str, ...]]:
    rows = [(number, name, value) for number, (name, value) in enumerate(values)]
    warehouse.perform("erasure.normalized")
    warehouse.keep("sought", "erasure.sought", rows=rows)
    found = warehouse.perform("erasure.found_profiles")
    columns = {
        str(column)
        for relation, column, *_ in warehouse.perform("catalog.columns")
        if relation == "main.profiles"
    }
    for name in dict.fromkeys(name for name, _ in values):
        if name in columns and name != PROFILE_ID:
            found += warehouse.perform("erasure.found_by_property", column=name)
    if warehouse.has("runner", "aliases"):
        found += _aliases(warehouse, found)
    owners: dict[int, list[str]] = {}
    for number, profile_id in sorted(found):
        mine = owners.setdefault(int(number), [])
        if profile_id not in mine:
            mine.append(str(profile_id))
    return {number: tuple(mine) for number, mine in owners.items()}


def _aliases(warehouse: Warehouse, found: Sequence[Row]) -> list[Row]:
    """Return the profiles that ids named are part of now, and the earlier ids of all profiles."""
    named_so = warehouse.perform("erasure.found_aliases")
    owners = {str(profile_id): number for number, profile_id in (*found, *named_so)}
    earlier = [
        (owners[profile_id], alias_id)
        for alias_id, profile_id in warehouse.perform("aliases.list")
        if profile_id in owners
    ]
    return [*named_so, *earlier]


def _identifiers(warehouse: Warehouse, profile_id: str) -> list[Named]:
    rows = warehouse.perform("identifiers.of_profile", profile_id=profile_id)
    return [(str(name), normalized(str(value))) for name, value in rows]
