"""The properties of joined rows: the text of each, its value, and how a sample can be read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from runner.compile.import_plan import ImportPlan
from runner.compile.input_file import LINES_PER_FILE
from runner.compile.mapped_value import MappedValue
from runner.engine.protocol import Row
from runner.imports.format_warnings import expected_format
from runner.inspect.personal import Personal

MOST_EXAMPLES = 3
MOST_WORDS = 12
"""Words of a boolean that are shown with what they are read as."""
FIRST_CHAINED = 2
"""Column of a row with the origin of its first chained line; origin and filter come before."""

TEXT = "VARCHAR"

Texts = tuple[str | None, ...]


@dataclass(frozen=True)
class PropertyPreview:
    """A property, its text and its value in each row that is shown."""

    name: str
    # As declared, `[]` behind it where it takes several values.
    type: str
    strategy: str
    # The column or expression that it comes from.
    origin: str
    texts: Texts
    values: Texts
    # Why the text of a row is no value; empty where it is one.
    problems: tuple[str, ...]


@dataclass(frozen=True)
class PropertyCheck:
    """How many texts of a property are read as values in the whole sample."""

    name: str
    type: str
    # The format by which text is read, or the type that its expression makes.
    expected: str
    read: int
    empty: int
    rejected: int
    # A few texts that cannot be read, each with the `file:line` where it occurs first.
    examples: tuple[tuple[str, str], ...]
    # Of a boolean: its most frequent texts, what each is read as, and how many rows have it.
    words: tuple[tuple[str, str, int], ...] = ()


class RowColumns:
    """The columns of joined rows, read one after the other for the rows that are shown."""

    def __init__(self, rows: list[Row], shown: int) -> None:
        self.rows = rows
        self.shown = rows[:shown]
        self.at = 0

    def next(self) -> tuple[Any, ...]:
        """Return the next column."""
        self.at += 1
        return tuple(row[self.at - 1] for row in self.shown)


@dataclass(frozen=True)
class PropertyReader:
    """Reads the properties of joined rows, from the columns that come after the identifiers."""

    plan: ImportPlan
    masks: Personal
    # Path of each file by its id.
    paths: Mapping[int, str]
    columns: RowColumns

    def read(self) -> tuple[tuple[PropertyPreview, ...], tuple[PropertyCheck, ...]]:
        """Return each property in the rows that are shown, and the checks of text that is read."""
        properties, checks = [], []
        taken, found = self.columns, self.columns.rows
        for item in self.plan.values:
            kind = str(taken.next()[0]) if found else TEXT
            at = taken.at
            texts, values, rejected = taken.next(), taken.next(), taken.next()
            properties.append(
                PropertyPreview(
                    item.name,
                    _type(item),
                    item.strategy,
                    item.described or item.value.sql,
                    tuple(self.masks.of_value(item, text) for text in texts),
                    tuple(self.masks.of_value(item, _text(value)) for value in values),
                    tuple("" if text is None else self._problem(item) for text in rejected),
                )
            )
            if item.declared.type != "text" and item.value.columns:
                checks.append(self._check(item, at, kind))
        return tuple(properties), tuple(checks)

    def _check(self, item: MappedValue, at: int, kind: str) -> PropertyCheck:
        kept = [row for row in self.columns.rows if row[1] is None]
        bad = [row for row in kept if row[at + 2] is not None]
        examples: dict[str, str] = {}
        location = self._origin_of(item)
        for row in bad:
            text = self.masks.of_value(item, row[at + 2]) or ""
            if text not in examples and len(examples) < MOST_EXAMPLES:
                examples[text] = self._location(row[location])
        empty = sum(row[at] is None for row in kept)
        return PropertyCheck(
            item.name,
            _type(item),
            expected_format(item) if kind == TEXT else f"made as {kind.lower()}",
            len(kept) - empty - len(bad),
            empty,
            len(bad),
            tuple((where, text) for text, where in examples.items()),
            self._words(item, kept, at) if item.declared.type == "boolean" else (),
        )

    def _problem(self, item: MappedValue) -> str:
        problem = f"is no {item.declared.type} as {expected_format(item)}"
        return f"{problem}: a refusal" if item in self.plan.consents else problem

    def _words(
        self, item: MappedValue, kept: list[Row], at: int
    ) -> tuple[tuple[str, str, int], ...]:
        unread = "refusal" if item in self.plan.consents else "no value"
        words = Counter(
            (self.masks.of_value(item, row[at]) or "", _text(row[at + 1]) or unread)
            for row in kept
            if row[at] is not None
        )
        return tuple((text, read, count) for (text, read), count in words.most_common(MOST_WORDS))

    def _origin_of(self, item: MappedValue) -> int:
        """Return the column of a row with the line that a value comes from.

        It is the main line where the value is made from several files.
        """
        names = [source.name for source in self.plan.chained]
        sources = item.value.sources
        chained = len(sources) == 1 and next(iter(sources)) in names
        return names.index(next(iter(sources))) + FIRST_CHAINED if chained else 0

    def _location(self, origin: int) -> str:
        file_id, line = divmod(int(origin), LINES_PER_FILE)
        return f"{self.paths[file_id]}:{line}"


def _type(item: MappedValue) -> str:
    return item.declared.type + ("[]" if item.declared.multi else "")


def _text(value: Any) -> str | None:
    """Return a typed value as text; times are UTC."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") + " UTC"
    if isinstance(value, list):
        return " | ".join(_text(item) or "" for item in value)
    return str(value)
