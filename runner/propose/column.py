"""What a column holds, by all of its values: its type, personal data, and what is doubtful."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from runner.errors import counted
from runner.propose.moments import MomentColumn, measured_moments
from runner.propose.names import FLAG, MOMENT, is_id
from runner.propose.numbers import NumberColumn, measured_numbers

NULLS = frozenset(
    ("null", "n/a", "na", "#n/a", "\\n", "none", "nan", "nil", "-", "--", "?", "unknown", "(null)")
)
"""Texts that mean no value, in lower case."""
NULL_MOMENTS = frozenset(("0000-00-00", "0000-00-00 00:00:00", "00-00-0000", "00/00/0000"))
BOOLEANS = (
    ("true", "false"),
    ("t", "f"),
    ("yes", "no"),
    ("y", "n"),
    ("on", "off"),
    ("ja", "nee"),
    ("j", "n"),
    ("ja", "nein"),
    ("oui", "non"),
    ("si", "no"),
    ("sí", "no"),
    ("waar", "onwaar"),
    ("wahr", "falsch"),
    ("vrai", "faux"),
)
"""Words for true and false that stand in one column."""
KNOWN_BOOLEANS = 5
"""The first of them that formats know without being told."""
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
MOST_BAD = 0.05
"""Share of values that may not fit the type of a column; they are set aside, and it is said."""
LISTED = ("|", ";")
LONGEST_ITEM = 40
"""Characters of an item of a list; longer texts with these marks are prose."""


@dataclass(frozen=True)
class ColumnValues:
    """The values of a column, trimmed: text -> how often. Absent ones are left out."""

    name: str
    values: Mapping[str, int]
    # Values that mean no value, such as NULL, and how often each is there.
    nulls: Mapping[str, int]
    # Records without a value here.
    empty: int

    @classmethod
    def of(cls, name: str, texts: Mapping[str, int]) -> "ColumnValues":
        """Return the values of a column from its texts."""
        values, nulls, empty = Counter[str](), Counter[str](), 0
        for text, count in texts.items():
            trimmed = text.strip()
            if not trimmed:
                empty += count
            elif trimmed.lower() in NULLS or trimmed in NULL_MOMENTS:
                nulls[trimmed] += count
            else:
                values[trimmed] += count
        return cls(name, values, nulls, empty)

    def plus(self, other: "ColumnValues") -> "ColumnValues":
        """Return the values of both."""
        values, nulls = Counter(self.values), Counter(self.nulls)
        values.update(other.values)
        nulls.update(other.nulls)
        return ColumnValues(self.name, values, nulls, self.empty + other.empty)

    @property
    def count(self) -> int:
        """Return how many records have a value."""
        return sum(self.values.values())

    @property
    def is_full(self) -> bool:
        """Tell whether every record has a value."""
        return bool(self.values) and not self.empty and not self.nulls

    @property
    def is_unique(self) -> bool:
        """Tell whether every record has a value, and no two the same."""
        return self.is_full and max(self.values.values()) == 1


@dataclass
class Column:
    """A column as it is proposed."""

    source: ColumnValues
    # The name of its property.
    name: str
    type: str = "text"
    multi: str = ""
    is_email: bool = False
    is_personal: bool = False
    # Formats of its dates or times.
    formats: tuple[str, ...] = ()
    # What a person should know or check.
    notes: list[str] = field(default_factory=list)
    # Values that do not fit the type.
    unread: int = 0

    @property
    def numbers(self) -> NumberColumn:
        """Return how its values are numbers."""
        return measured_numbers(self.source.values)

    @property
    def moments(self) -> MomentColumn:
        """Return how its values are dates or times."""
        return measured_moments(self.source.values)


def is_flag(values: ColumnValues, name: str) -> tuple[str, str] | None:
    """Return the words for true and false of a column; None where it has others."""
    words = {text.lower() for text in values.values}
    if words and words <= {"0", "1"} and FLAG.fullmatch(name):
        return "1", "0"
    pairs = [pair for pair in BOOLEANS if words and words <= {*pair}]
    return pairs[0] if pairs and (len(words) == 2 or FLAG.fullmatch(name)) else None


def is_moment(column: MomentColumn, values: ColumnValues, name: str) -> bool:
    """Tell whether a column holds dates: nearly all its values, not numbers that look like some."""
    if not column.count or column.others > MOST_BAD * values.count:
        return False
    return column.compact < column.count or bool(MOMENT.fullmatch(name))


def keeps_text(numbers: NumberColumn, name: str) -> str:
    """Return why a column of digits stays text; empty where its values are amounts."""
    if numbers.with_exponent and is_id(name):
        return (
            f"text: {counted(numbers.with_exponent, 'value')} such as 3.16E+10 lost digits in a"
            " spreadsheet: export them again as text"
        )
    if numbers.with_zero:
        return (
            f"text: {numbers.with_zero:,} values begin with a zero or +, which a number would lose"
        )
    return "text" if is_id(name) else ""


def list_separator(values: ColumnValues) -> str:
    """Return what separates the values of a column that has several; empty where each has one.

    Lists have more items and fewer: texts that all have as many are addresses, or names.
    """
    for mark in LISTED:
        having = sum(count for text, count in values.values.items() if mark in text)
        parts = Counter(
            part.strip() for text in values.values for part in text.split(mark) if part.strip()
        )
        is_short = max(map(len, parts), default=0) <= LONGEST_ITEM
        is_few = len(parts) <= max(2 * len(values.values) ** 0.5, 30)
        varies = len({text.count(mark) for text in values.values}) > 1
        if having > 0.2 * values.count and is_short and is_few and varies:
            return mark
    return ""
