"""A goal proposed from files."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from runner.definitions.profile_property import Property
from runner.errors import StageError
from runner.propose.file_columns import typed_columns
from runner.propose.identification import identify
from runner.propose.link import best_link
from runner.propose.names import property_name
from runner.propose.proposal import Proposal, Source
from runner.propose.read_file import read_files

OF_ANYTHING = ("name", "title", "prefix", "age", "ip")
"""Names of properties that mean another thing in each file."""


def propose(
    files: Sequence[tuple[Sequence[Path], str]],
    name: str = "",
    known: Mapping[str, Property] | None = None,
    goals: Collection[str] = (),
) -> Proposal:
    """Propose a goal for files, each with the pattern by which its connection reaches it.

    `known` are the properties that are there, `goals` the names of goals. Raises StageError for a
    file that cannot be read, or has no values.
    """
    sources: list[Source] = []
    for paths, pattern in files:
        read = read_files(paths)
        if not any(column.values for column in read.columns):
            raise StageError(
                f"{paths[0]}: it has no record with a value",
                hint="give a file with records: their values show what each column holds",
            )
        stem = _stem(paths[0])
        own = property_name(stem, len(sources) + 1, [item.name for item in sources], "file")
        sources.append(Source(own, pattern, read, typed_columns(read.columns, own)))
    proposal = Proposal(name or property_name(sources[0].name, 1, goals, "import"), sources[:1])
    _add_linked(proposal, sources[1:])
    _rename_equal(proposal)
    identify(proposal, files[0][0], known or ())
    _rename_unlike(proposal, known or {})
    return proposal


def _stem(path: Path) -> str:
    """Return the name of a file without its endings, and without a date or a number behind."""
    stem = path.name.split(".")[0]
    return stem.rstrip("0123456789_- ") or f"file_{stem}"


def _add_linked(proposal: Proposal, others: Sequence[Source]) -> None:
    """Join each file to one above it whose values find partners in a unique column of it."""
    waiting = list(others)
    while waiting:
        links = ((source, best_link(proposal.sources, source)) for source in waiting)
        item, link = next((found for found in links if found[1]), (None, None))
        if item is None:
            break
        item.link = link
        proposal.sources.append(item)
        waiting.remove(item)
    proposal.unlinked = [item.file.path.name for item in waiting]


def _rename_equal(proposal: Proposal) -> None:
    """Give properties of two files with one name the name of their file in front."""
    taken: set[str] = set()
    for source, column in proposal.mapped():
        if column.name in taken:
            column.name = property_name(
                f"{source.name}_{column.name}", 1, sorted(taken), source.name
            )
        taken.add(column.name)


def _rename_unlike(proposal: Proposal, known: Mapping[str, Property]) -> None:
    """Give a property a name of its own where one of this name is, or may be, something else.

    Identifiers and what is personal, such as a first name, are the same in all files.
    """
    for source, column in proposal.mapped():
        there = known.get(column.name)
        if there is None:
            continue
        is_identifier = any(column is other for _, other in proposal.identifiers)
        is_like = there.type == column.type and there.multi == bool(column.multi)
        is_of_person = column.is_personal and column.name not in OF_ANYTHING
        if is_like and (there.identifier if is_identifier else is_of_person):
            column.notes.append("fills a property that was there before")
            continue
        taken = [*known, *(other.name for _, other in proposal.mapped())]
        column.name = property_name(f"{source.name}_{column.name}", 1, taken, source.name)
