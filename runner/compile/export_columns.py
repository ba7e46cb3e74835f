"""The columns of an export goal, as their SQL takes them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from runner.compile.export_dialect import lacking_character, one_line
from runner.compile.group_values import GroupValues
from runner.definitions.export_goal import Column, ExportProfiles
from runner.definitions.format import ExportFormat
from runner.definitions.profile_property import BUILT_IN, Property
from runner.definitions.project import Project
from runner.errors import Fault, Location, choices, nearest
from runner.sql.quoting import quoted_name

DIGITS = "0123456789-"
"""The characters of written numbers."""
NUMERIC = re.compile("%[dmYyHMSj]")
"""Directives of strftime that are written in digits."""
UUID = "0123456789abcdef-"
"""The characters of a profile's id."""


@dataclass(frozen=True)
class SegmentList:
    """The names of the segments that a profile is in, of all or of some."""

    # Of the CTE that gathers them.
    name: str
    # Empty for all.
    segments: tuple[str, ...]
    # Name and title of segments that are written as their titles.
    titles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ConsentValue:
    """What members said of an objective."""

    # Of the CTE that gathers it.
    name: str
    objective: str


@dataclass(frozen=True)
class ExportColumn:
    """One column of the file, as its SQL takes it."""

    # The header on one line, unlike that of every other column.
    name: str
    kind: str
    location: Location
    # Of a property, and of viewed interactions.
    declared: Property = field(default_factory=Property)
    relation_column: str = ""
    # Of segments: the CTE that holds their names.
    segments: str = ""
    # Of a text: a SQL literal.
    text: str = ""
    # Of an expression: its SQL over `profiles`, and the column it becomes there.
    expression: str = ""
    made: str = ""
    # The texts are hashed.
    is_hashed: bool = False

    @property
    def is_text(self) -> bool:
        """Tell whether a value may be anything that someone wrote."""
        return self.kind != "profile_id" and self.declared.type == "text"

    def never_needs_quotes(self, form: ExportFormat) -> bool:
        """Tell whether no value has a character that needs quotes (X3)."""
        if form.quoting == "all" or self.declared.multi or self.is_text:
            return False
        used = self._alphabet(form)
        is_unlike_null = not form.null_value or not set(form.null_value) <= used
        return bool(used) and is_unlike_null and not used & set(form.separator + form.quote)

    def _alphabet(self, form: ExportFormat) -> set[str]:
        """Return the characters that values may have; none where they are not known."""
        if self.is_hashed:
            return set()
        if self.kind == "profile_id":
            return set(UUID)
        if self.declared.type == "boolean":
            return set(form.true_value + form.false_value) if _is_plain(form) else set()
        if self.declared.is_number:
            point = form.decimal if self.declared.type.startswith("decimal") else ""
            return set(DIGITS + form.thousands + point)
        if self.declared.type == "date":
            return _date_alphabet(form.date_format)
        if self.declared.type == "datetime":
            return _date_alphabet(form.datetime_format)
        return set()


def _date_alphabet(date_format: str) -> set[str]:
    """Return the characters of times in a format of digits alone; none for any other."""
    literal = NUMERIC.sub("", date_format)
    has_blank_end = date_format != date_format.strip()
    if has_blank_end or set(literal) & set("%#\r\n") or literal == date_format:
        return set()
    return set(DIGITS + literal)


def _is_plain(form: ExportFormat) -> bool:
    """Tell whether the texts of booleans need no quotes, but for the separator."""
    return all(
        text and text == text.strip() and not set(text) & set("#\r\n")
        for text in (form.true_value, form.false_value)
    )


def unlike_names(headers: list[str]) -> list[str]:
    """Return a name for each column: its header on one line, numbered where it comes again.

    SQL takes no empty name, and no two that differ in case alone.
    """
    names: list[str] = []
    taken: set[str] = set()
    for header in headers:
        plain = "_".join(header.split()) or "column"
        name, number = plain, 1
        while name.lower() in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name.lower())
        names.append(name)
    return names


def segment_lists(goal: ExportProfiles, project: Project) -> tuple[SegmentList, ...]:
    """Return the lists of segments that the columns of a goal need, each once."""
    wanted = dict.fromkeys(
        (_wanted_segments(column), _titles(column, project))
        for column in goal.columns
        if column.segments is not None
    )
    return tuple(
        SegmentList(f"segments_{number}", segments, titles)
        for number, (segments, titles) in enumerate(wanted, 1)
    )


def consent_values(goal: ExportProfiles) -> tuple[ConsentValue, ...]:
    """Return the objectives whose consent the columns of a goal hold, each once."""
    wanted = dict.fromkeys(column.consent for column in goal.columns if column.consent is not None)
    return tuple(
        ConsentValue(f"consent_{number}", objective) for number, objective in enumerate(wanted, 1)
    )


def _wanted_segments(column: Column) -> tuple[str, ...]:
    return tuple(sorted(set(column.segments))) if isinstance(column.segments, tuple) else ()


def _titles(column: Column, project: Project) -> tuple[tuple[str, str], ...]:
    if column.segments_as != "titles":
        return ()
    return tuple(
        (name, project.documents[name].title)
        for name in sorted(project.documents)
        if project.documents[name].title
    )


@dataclass(frozen=True)
class ColumnMaker:
    """Makes the columns of one goal."""

    project: Project
    properties: Mapping[str, Property]
    lists: tuple[SegmentList, ...]
    values: tuple[GroupValues, ...]
    consents: tuple[ConsentValue, ...]
    # Renders the Jinja of an expression.
    render: Callable[[str, Location], str]

    def column(self, column: Column, name: str) -> ExportColumn:
        """Return a column, called `name` in the SQL."""
        location = column.location(column.kind)
        is_hashed = column.hash is not None
        plain = ExportColumn(name, column.kind, location, is_hashed=is_hashed)
        if column.group is not None:
            found = next(item for item in self.values if item.is_of(column))
            return replace(plain, declared=found.listed, relation_column=found.relation_column)
        if column.kind == "group_id":
            return replace(plain, kind="profile_id")
        if column.kind == "members":
            number = Property(type="integer")
            return replace(plain, declared=number, relation_column="profiles.members")
        if column.kind in ("property", "viewed_interactions"):
            mapped = column.property_name or column.kind
            declared = self.properties.get(mapped, BUILT_IN.get(mapped, Property()))
            relation_column = f"profiles.{quoted_name(mapped)}"
            return replace(plain, declared=declared, relation_column=relation_column)
        if column.kind == "consent":
            value = next(item for item in self.consents if item.objective == column.consent)
            relation_column = f"{quoted_name(value.name)}.consented"
            return replace(
                plain, declared=Property(type="boolean"), relation_column=relation_column
            )
        if column.kind == "segments":
            wanted = (_wanted_segments(column), _titles(column, self.project))
            cte = next(item for item in self.lists if (item.segments, item.titles) == wanted)
            return replace(plain, segments=cte.name)
        if column.kind == "expression":
            made = quoted_name(f"column.{name}")
            return replace(
                plain,
                declared=Property(
                    type=column.type,
                    pii=self._names(column, "pii"),
                    identifier=self._names(column, "identifier"),
                ),
                relation_column=f"profiles.{made}",
                made=made,
                expression=self.render(column.expression or "", location),
            )
        return replace(plain, text=one_line(column.text or ""))

    def _names(self, column: Column, mark: str) -> bool:
        """Tell whether an expression names a property that is marked `pii`, or `identifier`."""
        words = set(re.findall(r"\w+", (column.expression or "").lower()))
        return any(
            getattr(item, mark) and name.lower() in words for name, item in self.properties.items()
        )


def column_faults(goal: ExportProfiles, properties: Mapping[str, Property]) -> list[Fault]:
    """Return properties that do not exist, and texts that the encoding lacks."""
    faults = []
    for column in goal.columns:
        name = column.property_name
        if name is not None and column.group is None and name not in properties:
            faults.append(_unknown_property(column, name, properties))
        for key in ("header", "text"):
            lacking = lacking_character(getattr(column, key) or "", goal.format.encoding)
            if lacking:
                message = f"{goal.format.encoding} has no character '{lacking}'"
                faults.append(Fault(column.location(key), message))
    return faults


def _unknown_property(column: Column, name: str, properties: Mapping[str, Property]) -> Fault:
    return Fault(
        column.location("property"),
        f"there is no property '{name}'.{nearest(name, properties)}"
        f" Declared: {choices(properties)}; one that `map_rest` makes is known once its goal"
        " has seen a file with that column",
    )
