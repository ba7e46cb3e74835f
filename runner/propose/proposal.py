"""A goal proposed for files: the first is the main file, the others are joined to it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from runner.definitions.profile_property import Property
from runner.errors import counted
from runner.propose.column import Column
from runner.propose.file_columns import FileColumns, typed_columns
from runner.propose.names import CUSTOMER, is_customer_id, is_id, property_name
from runner.propose.read_file import ReadFile, read_files

LEAST_PARTNERS = 0.8
"""Share of the values of a column that must be in another file for a link to it."""
GENERIC = ("id", "key", "code", "nr", "number", "no")
"""Names of keys that every file may have: they link only where the file is named as well."""
FEWEST = 3
"""Distinct values that a column must have for a link."""

OF_ANYTHING = ("name", "title", "prefix", "age", "ip")
"""Names of properties that mean another thing in each file."""


@dataclass(frozen=True)
class Link:
    """A column of a chained file, and the column of a file above whose values it has."""

    column: str
    # `source.column`.
    other: str
    partners: int
    values: int

    @property
    def said(self) -> str:
        """Return how many values find a partner."""
        return (
            f"{self.partners:,} of {counted(self.values, 'value')} of {self.other} have a partner"
        )


@dataclass
class Source:
    """A file source as it is proposed."""

    name: str
    # As the connection reaches it.
    pattern: str
    file: ReadFile
    typed: FileColumns
    link: Link | None = None

    @property
    def columns(self) -> list[Column]:
        """Return its columns."""
        return self.typed.columns


@dataclass
class Proposal:
    """A goal, and the properties that it fills."""

    name: str
    sources: list[Source]
    # Columns that identify a customer, the best first, with their source.
    identifiers: list[tuple[Source, Column]] = field(default_factory=list)
    # What a person should know or check of the whole.
    notes: list[str] = field(default_factory=list)
    # Files that no column links to the main file.
    unlinked: list[str] = field(default_factory=list)

    def mapped(self) -> Iterable[tuple[Source, Column]]:
        """Give the columns that fill a property: all but keys of links."""
        for source in self.sources:
            for column in source.columns:
                is_key = source.link is not None and column.source.name == source.link.column
                if column.source.values and not is_key:
                    yield source, column


def propose(
    files: Sequence[tuple[Sequence[Path], str]],
    name: str = "",
    known: Mapping[str, Property] | None = None,
    goals: Collection[str] = (),
) -> Proposal:
    """Propose a goal for files, each with the pattern by which its connection reaches it.

    `known` are the properties that are there, `goals` the names of goals. Raises StageError for a
    file that cannot be read.
    """
    sources: list[Source] = []
    for paths, pattern in files:
        read = read_files(paths)
        stem = _stem(paths[0])
        own = property_name(stem, len(sources) + 1, [item.name for item in sources], "file")
        sources.append(Source(own, pattern, read, typed_columns(read.columns, own)))
    proposal = Proposal(name or property_name(sources[0].name, 1, goals, "import"), sources[:1])
    _add_linked(proposal, sources[1:])
    _rename_equal(proposal)
    _identify(proposal)
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


def best_link(above: Sequence[Source], source: Source) -> Link | None:
    """Return the best link of a file to those above: to the column with the most partners.

    None where none of its columns links it.
    """
    best: Link | None = None
    for key in source.columns:
        if not key.source.is_unique:
            continue
        for other in above:
            for column in other.columns:
                link = _measured(source, key, other, column)
                if link and (best is None or _rank(link) > _rank(best)):
                    best = link
    return best


def _measured(source: Source, key: Column, other: Source, column: Column) -> Link | None:
    values = column.source.values
    if len(values) < FEWEST or (column.source.is_unique and not is_id(column.name)):
        return None
    partners = sum(text in key.source.values for text in values)
    is_named = _is_named(source, key, column)
    # Small numbers are in every column of numbers: the names must agree as well.
    if partners < LEAST_PARTNERS * len(values) or not (is_named or _is_telling(values)):
        return None
    return Link(key.source.name, f"{other.name}.{column.source.name}", partners, len(values))


def _is_named(source: Source, key: Column, column: Column) -> bool:
    """Tell whether the name of a column says that it holds keys of a source: `order_id`, orders."""
    thing = _singular(source.name)
    is_of_person = bool(CUSTOMER.fullmatch(thing)) and is_customer_id(column.name)
    is_of_source = is_id(column.name) and (thing in column.name or is_of_person)
    is_same = key.source.name.lower() == column.source.name.lower() or key.name == column.name
    return is_of_source if key.name in GENERIC else is_same or is_of_source


def _rank(link: Link) -> tuple[float, int]:
    return (link.partners / link.values, link.partners)


def _singular(name: str) -> str:
    return name.rpartition("_")[2].rstrip("s")


def _is_telling(values: Mapping[str, int]) -> bool:
    """Tell whether values are in no other column by chance: long, or with letters."""
    return sum(len(text) > 4 and not text.isdigit() for text in values) > 0.9 * len(values)


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


def _identify(proposal: Proposal) -> None:
    """Choose the columns that identify a customer: a number of a customer, an address."""
    candidates = [(source, column) for source, column in proposal.mapped() if not column.multi]
    main = proposal.sources[0]
    numbers = [item for item in candidates if is_customer_id(item[1].name)]
    addresses = [item for item in candidates if item[1].is_email]
    chosen = [*numbers[:1], *addresses[:1]]
    if not chosen:
        unique = [
            column
            for column in main.columns
            if column.source.is_unique and column.type in ("text", "integer")
        ]
        unique.sort(key=lambda column: not is_id(column.name))
        chosen = [(main, column) for column in unique[:1]]
        what = f"`{unique[0].name}` is" if unique else ""
        proposal.notes.append(
            f"no column is the number or the address of a customer: {what} unique, and identifies"
            " one here; check this"
            if unique
            else "no column identifies a customer: choose one under `identify`"
        )
    if not chosen:
        chosen = [(main, main.columns[0])]
    proposal.identifiers = chosen
    for _, column in chosen:
        if column.type not in ("text", "integer"):
            column.type, column.formats = "text", ()
    _note_repeated(proposal)


def _note_repeated(proposal: Proposal) -> None:
    _, column = proposal.identifiers[0]
    values = column.source
    if len(values.values) < values.count:
        each = values.count / len(values.values)
        proposal.notes.append(
            f"a value of {column.source.name} has {each:.1f} lines: of other columns the last line"
            " counts; use `strategy: sum`, `add`, `min` or `max`, or `events`, where all should"
        )
