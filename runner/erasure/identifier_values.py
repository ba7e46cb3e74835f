"""Persons as a command names them: identifiers with their values (C2)."""

import csv
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from runner.compile.entity import profiles
from runner.compile.identifiers import identifiers
from runner.definitions.identifier_text import address_text
from runner.errors import UsageError, choices, nearest
from runner.workspace.workspace import Workspace

PROFILE_ID = "profile_id"

IdentifierValue = tuple[str, str]
"""An identifier and a value of it, as it was written, or as persons are suppressed by it."""


def read_identifier_values(
    workspace: Workspace, pairs: Sequence[str], file: Path | None
) -> tuple[IdentifierValue, ...]:
    """Return the values on the command line and in a CSV file with a header of identifiers.

    Raises UsageError, which never shows a value, where a name is no identifier, a value is
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


def _pair(number: int, pair: str, known: Sequence[str]) -> IdentifierValue:
    name, equals, value = pair.partition("=")
    if not equals:
        raise UsageError(f"argument {number} is no identifier=value, such as email=an@acme.example")
    return _checked(name, value, known, f"argument {number}")


def _checked(name: str, value: str, known: Sequence[str], where: str) -> IdentifierValue:
    if name not in known:
        raise UsageError(
            f"{where}: there is no identifier '{name}'.{nearest(name, known)}"
            f" Known: {choices(known)}"
        )
    if not address_text(value):
        raise UsageError(f"{where}: `{name}` has no value")
    if name == PROFILE_ID:
        try:
            return name, str(UUID(address_text(value)))
        except ValueError:
            raise UsageError(f"{where}: `profile_id` is no UUID") from None
    return name, value


def _of_file(path: Path, known: Sequence[str]) -> list[IdentifierValue]:
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
