"""Connections whose file is wrong: a build leaves them, and runs the others."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runner.definitions.connection import Connection
from runner.definitions.declaration import Read, read_declaration
from runner.definitions.document import Section, read_document
from runner.definitions.file_source import NAME
from runner.definitions.notify import Notify
from runner.definitions.project_file import ProjectFile
from runner.errors import Fault, Location

FOLDER, COPIES = "connections", "target/definitions"
"""Folders of the project: of connections, and of what a build last knew of them."""
SECRETS = re.compile(r"authentication|options|webhooks|proxy_jump|pass(word|phrase)")
"""Keys that a copy is without."""

Faults = Mapping[str, Sequence[Fault]]
"""File of a connection, or of its copy -> what is wrong with it."""


@dataclass(frozen=True)
class BrokenConnection:
    """A connection whose file is wrong."""

    # As the file says; the name of the file where it does not.
    name: str
    faults: tuple[Fault, ...]
    # None where the file does not say whom it notifies.
    notify: Notify | None
    # Whether it has goals that import, as far as it can be read.
    is_importing: bool


def faults_by_file(faults: Iterable[Fault]) -> Faults:
    """Return the faults of connections, by their files or copies, without those of other files."""
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        if fault.location.file.startswith((f"{FOLDER}/", f"{COPIES}/")):
            found.setdefault(fault.location.file, []).append(fault)
    return found


def broken_connection(path: Path, faults: Sequence[Fault]) -> BrokenConnection:
    """Return what can be read of a connection whose file is wrong."""
    written: Mapping[str, Any] = read_document(path, f"{FOLDER}/{path.name}", []) or {}
    name = str(written.get("connection", ""))
    goals = written.get("goals")
    kinds = [goal.get("kind") for goal in goals or () if isinstance(goal, Section)]
    return BrokenConnection(
        name=name if NAME.fullmatch(name) else path.stem,
        faults=tuple(faults),
        notify=_part(Notify, written.get("notify")),
        is_importing=not kinds or any(not str(kind).startswith("export_") for kind in kinds),
    )


def copy_of(root: Path, path: Path) -> Path:
    """Return the copy of a connection's file, which may not be there."""
    return root / COPIES / path.name


def copied(connection: Connection) -> str:
    """Return what a later build needs to know of a connection while its file is wrong.

    Its goals do not run then, but what they imported is interpreted as before: by which
    identifiers, for which properties and stores. It is JSON, which is YAML, without secrets.
    """
    return json.dumps(_without_secrets(connection.written), indent=1)


def notified_project(root: Path, file: Path) -> tuple[ProjectFile, tuple[Connection, ...]]:
    """Return a project with mistakes as far as notices need it: mail server, and whom to notify."""
    written = read_document(file, file.name, []) or Section(Location(file.name))
    project = _part(ProjectFile, _only(written, ("name", "mail", "vars")))
    connections = []
    for path in sorted((root / FOLDER).glob("*.y*ml")):
        found = broken_connection(path, ())
        if found.notify is not None:
            declared = {"connection": found.name, "type": "local", "notify": found.notify}
            connections.append(Connection.model_validate(declared))
    return project or ProjectFile.model_validate({"name": "unread"}), tuple(connections)


def readable_part(cls: type[Read], written: Section, needed: str) -> Read | None:
    """Return a declaration of those keys of a file that are right, each by itself.

    None where the key that is `needed` is not.
    """
    right = [key for key in written if _part(cls, _only(written, {needed, key}))]
    return _part(cls, _only(written, right))


def _part(cls: type[Read], written: Any) -> Read | None:
    """Return a part of a file that is right by itself; None where it is not, or not there."""
    faults: list[Fault] = []
    found = read_declaration(cls, written, faults) if isinstance(written, Section) else None
    return None if faults else found


def _only(written: Section, keys: Iterable[str]) -> Section:
    kept = Section(written.location)
    kept.key_locations, kept.value_locations = written.key_locations, written.value_locations
    kept.update({key: written[key] for key in keys if key in written})
    return kept


def _without_secrets(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            str(key): _without_secrets(item)
            for key, item in value.items()
            if not SECRETS.fullmatch(str(key))
        }
    if isinstance(value, list):
        return [_without_secrets(item) for item in value]
    return None if value is None else str(value)
