"""A file source and what an import goal takes of it."""

from dataclasses import dataclass

from runner.compile.expression import joined_name
from runner.compile.link import LinkKey
from runner.definitions.format import Format


@dataclass(frozen=True)
class PlannedSource:
    """A file source and what the goal takes of it."""

    name: str
    format: Format
    # Columns that are read, as the header spells them, in alphabetical order.
    columns: tuple[str, ...]
    # Those of them that an expression reads; the others are keys of joins alone.
    used: tuple[str, ...]
    # Those that `map_rest` alone takes; a file may lack them.
    rest: frozenset[str]
    # What its lines are joined by to the sources above it.
    keys: tuple[LinkKey, ...]
    required: bool
    # All columns, in alphabetical order, where a line counts as a whole (R3); else empty.
    line_hash: tuple[str, ...]
    # Those of `LOCATION` that the goal uses.
    location: tuple[str, ...] = ()
    # The second equal line of a file is a line of its own (R10).
    keeps_duplicates: bool = False

    @property
    def is_counted(self) -> bool:
        """Return whether it matters which of its lines a row is joined to, or that one is."""
        return bool(self.used) or self.required

    @property
    def hashed(self) -> tuple[str, ...]:
        """Return the quoted columns whose content counts where the line as a whole does not.

        Those that an expression reads; of a file that is only joined, its keys.
        """
        return tuple(joined_name((self.name, column)) for column in self.used or self.columns)
