"""A goal as it is proposed: its files, its columns, and what identifies a customer."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from runner.errors import counted
from runner.propose.column import Column
from runner.propose.file_columns import FileColumns
from runner.propose.read_file import ReadFile


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
    # Whether only all of them together do.
    is_together: bool = False
    # The property with a hash of the record, which identifies it; empty where columns do.
    record_id: str = ""
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
