"""Why the values of a profile are what they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Effect = Literal[
    "sets",
    "adds",
    "counts",
    "replaced",
    "repeated",
    "not used",
    "removes",
    "clears",
    "retracted",
    "rejected",
]
"""What a line does to a property.

`sets`, `adds` and `counts`: it gives the value, or a part of it, that the profile has now.
`replaced`: it gave the value until another line did. `repeated`: a later line gave the same value
again. `not used`: its strategy kept another value.
`removes` and `clears` take values away. `retracted`: what it gave was taken back.
`rejected`: its text is no value.
"""


@dataclass(frozen=True)
class LineOrigin:
    """A line of a file, and the import that read it."""

    goal: str
    file: str
    # Physical line; 0 where the file no longer has it.
    line: int
    build: str


@dataclass(frozen=True)
class Contribution:
    """What one line gave to one property."""

    # The line that has the text: of a chained file, if the text is from there alone.
    origin: LineOrigin
    # Other lines that it was made from.
    others: tuple[LineOrigin, ...]
    # The line of the main file to which they are joined; None where it is itself one of them.
    joined_to: LineOrigin | None
    strategy: str
    # `source.column` -> its text in the file, trimmed.
    texts: Mapping[str, str | None]
    # The text that was read as a value, after the steps of `process`.
    text: str | None
    value: Any
    effect: Effect
    # Why it is not used, was replaced, rejected or retracted; empty where that is clear.
    reason: str = ""
    # The later build from which on the profile did not have it any more; empty where it still has
    # it, or where the build of the line replaced it.
    until: str = ""
    # How many rows it was joined to that say the same of it.
    rows: int = 1


@dataclass(frozen=True)
class EarlierValue:
    """A value that a kept warehouse has, which no line of the ledger explains."""

    value: Any
    # The first build that we know to have another one.
    until: str


@dataclass(frozen=True)
class ExplainedValue:
    """Where the value of one property comes from."""

    name: str
    value: Any
    # In the order in which they were applied.
    contributions: tuple[Contribution, ...]
    earlier: tuple[EarlierValue, ...]
    # What else there is to know: why there is no value, or no line explains it.
    notes: tuple[str, ...]
    # Lines that were applied and have no text for it.
    empty_lines: int = 0


@dataclass(frozen=True)
class ExplainedIdentifier:
    """An identifier value, and the lines that gave it to the profile."""

    identifier: str
    value: str
    # The first line that has it; None where no line of the ledger does.
    first: LineOrigin | None
    # How many rows have it.
    rows: int


@dataclass(frozen=True)
class IdentifierLink:
    """Two identifier values that one row has: it makes them one profile."""

    # Each an identifier and its value.
    one: tuple[str, str]
    other: tuple[str, str]
    first: LineOrigin
    rows: int


@dataclass(frozen=True)
class Merge:
    """A profile that became part of this one."""

    profile_id: str
    goal: str
    build: str


@dataclass(frozen=True)
class Explanation:
    """Why the values of one profile are what they are."""

    values: tuple[ExplainedValue, ...]
    identifiers: tuple[ExplainedIdentifier, ...]
    links: tuple[IdentifierLink, ...]
    merges: tuple[Merge, ...]
    # Rows that were not applied for want of consent, each with why.
    left_out: tuple[tuple[LineOrigin, str], ...]
    # Rows whose lines could not be read again, and the like.
    notes: tuple[str, ...]
    is_masked: bool = False
