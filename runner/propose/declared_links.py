"""Links between the files of a proposal and those that goals of their connection declare."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from runner.definitions.import_goal import ImportGoal
from runner.errors import RunnerError
from runner.propose.file_columns import typed_columns
from runner.propose.given_files import given_files
from runner.propose.goal_yaml import chained_yaml
from runner.propose.link import best_link
from runner.propose.proposal import Proposal, Source
from runner.propose.read_file import read_files
from runner.workspace.workspace import Workspace

LARGEST = 64 * 1024 * 1024
"""Bytes of a declared file that is read whole to look for links."""


@dataclass(frozen=True)
class DeclaredSource:
    """A file source of a goal, with the last of its files."""

    goal: str
    source: Source


def declared_sources(
    workspace: Workspace, connection: str, but: Iterable[str]
) -> Iterator[DeclaredSource]:
    """Give the file sources of a connection, each pattern once and none of those in `but`.

    Patterns that match no file, and files that cannot be read or are large, are left out.
    """
    known = {*but}
    for goal in workspace.project.connection(connection).goals:
        for name, source in goal.files.items() if isinstance(goal, ImportGoal) else ():
            if source.path is None or source.path in known:
                continue
            known.add(source.path)
            found = _read(workspace, connection, name, source.path)
            if found is not None:
                yield DeclaredSource(f"{connection}.{goal.name}", found)


def _read(workspace: Workspace, connection: str, name: str, pattern: str) -> Source | None:
    """Read the last file of a pattern; None where there is none that can be read."""
    try:
        with given_files([pattern], workspace, connection) as ((paths, _),):
            last: Path = paths[-1]
            if last.stat().st_size > LARGEST:
                return None
            read = read_files([last])
    except RunnerError:
        return None
    return Source(name, pattern, read, typed_columns(read.columns, name))


def link_notes(proposal: Proposal, declared: Iterable[DeclaredSource]) -> Iterator[str]:
    """Give a note for each declared source that could be joined to the goal, or the goal to it."""
    main = proposal.sources[0]
    for item in declared:
        other = item.source
        if link := best_link(proposal.sources, other):
            yield (
                f"{other.pattern} of {item.goal} can be joined here: {link.said};"
                f" add below `files`: {chained_yaml(other, link, main)}"
            )
        elif link := best_link([other], main):
            yield (
                f"it can be joined to {other.pattern} of {item.goal} instead: {link.said}; there,"
                f" below `files`: {chained_yaml(main, link, other)}"
            )


def add_link_notes(
    proposal: Proposal, workspace: Workspace, connection: str, patterns: Sequence[str]
) -> None:
    """Note the links to what a connection declares; its files are read for that."""
    proposal.notes += link_notes(proposal, declared_sources(workspace, connection, patterns))
