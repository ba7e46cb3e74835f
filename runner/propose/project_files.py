"""A proposal written into the files of a project: a connection's goals, the properties."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from runner.definitions.project import Project
from runner.errors import UsageError
from runner.propose.goal_yaml import goal_yaml, properties_yaml
from runner.propose.proposal import Proposal

TOP = re.compile(r"[A-Za-z_]")
"""How a line begins that ends the block above it."""
ITEM = re.compile(r"( *)- ")
PROPERTIES = "models/properties.yml"

CONNECTION = """\
# yaml-language-server: $schema=../target/schema/connection.json
connection: {name}
# A folder; for a server: type: sftp, host, username, authentication, host_key.
type: local
path: {path}
goals:
"""
PROPERTIES_HEAD = """\
# yaml-language-server: $schema=../target/schema/properties.json
properties:
"""


@dataclass(frozen=True)
class NewConnection:
    """A connection to a folder, which the project does not have yet."""

    name: str
    folder: Path


def new_texts(
    root: Path, project: Project | None, connection: str | NewConnection, proposal: Proposal
) -> dict[str, str]:
    """Return what the files of the project are with the proposal: path -> text.

    Raises UsageError where a file of that name is something else.
    """
    known = project.properties if project else {}
    own = _own_properties(proposal, known)
    texts = {}
    if isinstance(connection, NewConnection):
        path = f"connections/{connection.name}.yml"
        if (root / path).exists():
            raise UsageError(f"{path} is there already: name its connection with --connection")
        head = CONNECTION.format(name=connection.name, path=_relative(connection.folder, root))
        texts[path] = head + _indented(goal_yaml(proposal), 2)
    else:
        assert project is not None
        location = project.connection(connection).location("connection")
        text = (root / location.file).read_text("utf-8")
        texts[location.file] = with_block(text, "goals", goal_yaml(proposal))
    if own:
        file = root / PROPERTIES
        text = file.read_text("utf-8") if file.exists() else PROPERTIES_HEAD
        texts[PROPERTIES] = with_block(text, "properties", own)
    return texts


def _own_properties(proposal: Proposal, known: Mapping[str, object]) -> str:
    return properties_yaml(proposal, known).rstrip("\n")


def _relative(folder: Path, root: Path) -> str:
    """Return a folder as seen from the project, or whole where nothing is shared."""
    relative = os.path.relpath(folder.resolve(), root.resolve())
    shown = relative if relative.count("..") < 3 else str(folder.resolve())
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'


def with_block(text: str, key: str, block: str) -> str:
    """Return YAML with a block more at the end of what is below a key at the margin.

    The block is indented as what is there.
    """
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if re.match(rf"{key}\s*:", line)), None)
    if start is None:
        return f"{text.rstrip()}\n{key}:\n{_indented(block, 2)}"
    if lines[start].partition(":")[2].partition("#")[0].strip() in ("[]", "{}"):
        lines[start] = f"{key}:"
    end = next((n for n in range(start + 1, len(lines)) if TOP.match(lines[n])), len(lines))
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    first = next(
        (line for line in lines[start + 1 : end] if line.strip() and "#" not in line[:9]), ""
    )
    indent = len(first) - len(first.lstrip()) if first else 2
    gap = [""] if end > start + 1 and key == "goals" else []
    return (
        "\n".join([*lines[:end], *gap, *_indented(block, indent).splitlines(), *lines[end:]]) + "\n"
    )


def _indented(block: str, cells: int) -> str:
    return "".join(f"{' ' * cells}{line}\n" if line else "\n" for line in block.splitlines())


def write_all(root: Path, texts: Mapping[str, str]) -> dict[str, str | None]:
    """Write files of a project; returns what they were, None for those that are new."""
    before: dict[str, str | None] = {}
    for path, text in texts.items():
        file = root / path
        before[path] = file.read_text("utf-8") if file.exists() else None
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return before


def put_back(root: Path, before: Mapping[str, str | None]) -> None:
    """Make files of a project what they were."""
    for path, text in before.items():
        if text is None:
            (root / path).unlink(missing_ok=True)
        else:
            (root / path).write_text(text, "utf-8")
