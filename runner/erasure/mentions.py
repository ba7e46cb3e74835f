"""What names persons and stays: someone has to correct it, and the receipt lists it (C2)."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from runner.definitions.decisions import PATH
from runner.definitions.identifier_text import address_text
from runner.erasure.line_search import LineNumbers
from runner.erasure.persons import Person
from runner.erasure.staged_files import SourcesByHash
from runner.erasure.value_pattern import ValuePattern
from runner.workspace.workspace import Workspace

FOLDERS = ("connections", "macros", "models", "tests")
"""Folders of a project whose files are searched."""


def lines_of_others(mentions: LineNumbers, sources: SourcesByHash) -> tuple[str, ...]:
    """Return the staged lines of others that mention persons, as `goal path, line 7`."""
    return tuple(
        f"{origin}, line {line}"
        for sha256, lines in mentions.items()
        for origin in sources.get(sha256, (sha256[:12],))
        for line in sorted(lines)
    )


def lines_of_project(workspace: Workspace, persons: Sequence[Person]) -> tuple[str, ...]:
    """Return the lines of the project's own files that name persons, as `file:line`."""
    found = dict.fromkeys(_decisions(workspace, persons))
    pattern = ValuePattern.of(persons).bytes
    root = workspace.project.root
    for path in sorted(_files(root)):
        for number in _matching(path, pattern):
            found[f"{path.relative_to(root).as_posix()}:{number}"] = None
    return tuple(found)


def _decisions(workspace: Workspace, persons: Sequence[Person]) -> Iterator[str]:
    values = {pair for person in persons for pair in person.identifiers}
    for decision in workspace.project.decisions:
        named = {(name, address_text(value)) for name, value in decision.values}
        if named & values:
            yield f"{PATH}:{decision.location.line}"


def _files(root: Path) -> Iterator[Path]:
    yield from root.glob("*.yml")
    for folder in FOLDERS:
        yield from (path for path in (root / folder).rglob("*") if path.is_file())


def _matching(path: Path, pattern: re.Pattern[bytes]) -> Iterator[int]:
    """Give the numbers of the lines of a file that match."""
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if pattern.search(line):
            yield number
